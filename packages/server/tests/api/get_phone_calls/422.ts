import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each([
  ['session_id=1', '/session_id'],
  ['agent_id=x', '/agent_id'],
  ['state=busy', '/state'],
  ['direction=in', '/direction'],
  ['caller=', '/caller'],
  ['created_after=yesterday', '/created_after'],
  ['limit=0', '/limit'],
])('%s is not valid', async (query, pointer) => {
  const { status, body } = await server.problem('GET', `/phone/calls?${query}`);
  expect(status).toBe(422);
  expect(body.errors.map((error) => error.pointer)).toEqual([pointer]);
});

test('a cursor of nobody is refused', async () => {
  expect((await server.problem('GET', '/phone/calls?cursor=abc')).body.code).toBe('cursor_invalid');
});
