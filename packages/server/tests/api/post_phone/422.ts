import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { invalidSettings, makeArticle, makeDestination } from '../agent-requests.ts';

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
])('%s', async (_what, body, pointer) => {
  const answer = await server.problem('POST', '/phone', { body });
  expect(answer.status).toBe(422);
  expect(answer.body.errors.map((error) => [error.in, error.pointer])).toContainEqual(['body', pointer]);
  expect(answer.body.detail).not.toBe('');
});

test.each(invalidSettings)('%s', async (_what, settings, pointer) => {
  const answer = await server.problem('POST', '/phone', { body: { name: 'A', ...settings } });
  expect(answer.status).toBe(422);
  expect(answer.body.errors.map((error) => [error.in, error.pointer])).toEqual([['body', pointer]]);
  expect(answer.body.detail).not.toBe('');
});

test("articles and destinations of another organisation are nobody's", async () => {
  const [article, destination] = [
    await makeArticle(server, server.other.id),
    await makeDestination(server, server.other.id),
  ];
  const { status, body } = await server.problem('POST', '/phone', {
    body: { name: 'A', voice_id: 'x', instructions: [article], failover_transfer_destination_id: destination },
  });
  expect([status, body.code]).toEqual([422, 'reference_unknown']);
  expect(body.errors.map(({ pointer, code }) => [pointer, code])).toEqual([
    ['/voice_id', 'voice_unknown'],
    ['/instructions/0', 'knowledge_unknown'],
    ['/failover_transfer_destination_id', 'transfer_destination_unknown'],
  ]);
});

test('lists all faults at once', async () => {
  const { body } = await server.problem('POST', '/phone', { body: { name: 1, type: 'x', interruptible: 'yes' } });
  expect(body.code).toBe('validation_failed');
  expect(body.errors.map((error) => error.pointer).sort()).toEqual(['/interruptible', '/name', '/type']);
});

test('a flow so deep that nobody could walk through it', async () => {
  const rawBody = `{"name":"A","flow":${'['.repeat(400_000)}${']'.repeat(400_000)}}`;
  expect((await server.problem('POST', '/phone', { rawBody })).status).toBe(422);
});

test('a body that is a list', async () => {
  const { status, body } = await server.problem('POST', '/phone', { body: [] });
  expect(status).toBe(422);
  expect(body.errors[0]?.pointer).toBe('');
});

test('nothing is kept of a refused agent', async () => {
  expect((await server.request('GET', '/phone')).body).toEqual([]);
});
