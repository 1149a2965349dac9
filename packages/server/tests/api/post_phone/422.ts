import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each([
  ['no name', {}, '/name'],
  ['an empty name', { name: '  ' }, '/name'],
  ['a name that is too long', { name: 'x'.repeat(256) }, '/name'],
  ['a name with a NUL character', { name: 'a\0b' }, '/name'],
  ['an unknown type', { name: 'A', type: 'both' }, '/type'],
  ['an unknown model', { name: 'A', model: 'gpt' }, '/model'],
  ['a language in words', { name: 'A', language: 'plain English' }, '/language'],
  ['no language at all', { name: 'A', language: [] }, '/language'],
  ['instructions that are one text', { name: 'A', instructions: 'Be brief.' }, '/instructions'],
  [
    'a webhook that is no URL',
    { name: 'A', data_collection_webhook_url: 'file:///etc/passwd' },
    '/data_collection_webhook_url',
  ],
  ['a handoff number that is none', { name: 'A', handoff_phone_number: 'reception' }, '/handoff_phone_number'],
])('%s', async (_what, body, pointer) => {
  const answer = await server.problem('POST', '/phone', { body });
  expect(answer.status).toBe(422);
  expect(answer.body.errors.map((error) => [error.in, error.pointer])).toContainEqual(['body', pointer]);
  expect(answer.body.detail).not.toBe('');
});

test('lists all faults at once', async () => {
  const { body } = await server.problem('POST', '/phone', { body: { name: 1, type: 'x', interruptible: 'yes' } });
  expect(body.code).toBe('validation_failed');
  expect(body.errors.map((error) => error.pointer).sort()).toEqual(['/interruptible', '/name', '/type']);
});

test('a body that is a list', async () => {
  const { status, body } = await server.problem('POST', '/phone', { body: [] });
  expect(status).toBe(422);
  expect(body.errors[0]?.pointer).toBe('');
});

test('a flow with a NUL character, which JSON of PostgreSQL cannot hold', async () => {
  const { status, body } = await server.problem('POST', '/phone', { body: { name: 'A', flow: { content: 'a\0b' } } });
  expect([status, body.code]).toEqual([422, 'validation_failed']);
});

test('nothing is kept of a refused agent', async () => {
  expect((await server.request('GET', '/phone')).body).toEqual([]);
});
