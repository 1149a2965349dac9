import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { noId, outboundPath } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each([
  [{}, '/username'],
  [{ username: 'a' }, '/password'],
  [{ username: 'a', password: null }, '/password'],
  [{ username: null, password: 'b' }, '/username'],
  [{ username: '', password: 'b' }, '/username'],
])('%j is not valid', async (body, pointer) => {
  const answer = await server.problem('POST', `${outboundPath}/${noId}/credentials`, { body });
  expect([answer.status, answer.body.code, answer.body.errors[0]?.pointer]).toEqual([
    422,
    'validation_failed',
    pointer,
  ]);
});
