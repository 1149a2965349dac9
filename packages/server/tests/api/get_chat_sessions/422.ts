import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each([
  ['limit=0', '/limit'],
  ['limit=1000', '/limit'],
  ['limit=many', '/limit'],
  ['handed_off=yes', '/handed_off'],
  ['status=done', '/status'],
  ['channel_type=phone', '/channel_type'],
  ['created_after=yesterday', '/created_after'],
  ['updated_before=2026-13-01', '/updated_before'],
])('?%s', async (query, pointer) => {
  const { status, body } = await server.problem('GET', `/chat/sessions?${query}`);
  expect([status, body.code]).toEqual([422, 'validation_failed']);
  expect(body.errors.map((error) => [error.in, error.pointer])).toEqual([['query', pointer]]);
});

const text = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

test.each([
  'abc',
  '%00',
  text(null),
  text([]),
  text(['2026-11-20', 'x']),
  text(['never', crypto.randomUUID()]),
  text({}),
])('cursor %s', async (cursor) => {
  const { status, body } = await server.problem('GET', `/chat/sessions?cursor=${cursor}`);
  expect([status, body.code]).toEqual([422, 'cursor_invalid']);
});
