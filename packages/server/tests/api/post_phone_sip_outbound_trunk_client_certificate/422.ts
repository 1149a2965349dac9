import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { noId, outboundPath } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each([
  [{ common_name: 'a b' }, '/common_name'],
  [{ valid_days: 0 }, '/valid_days'],
  [{ valid_days: 3651 }, '/valid_days'],
])('%j is not valid', async (body, pointer) => {
  const answer = await server.problem('POST', `${outboundPath}/${noId}/client-certificate`, { body });
  expect([answer.status, answer.body.code, answer.body.errors[0]?.pointer]).toEqual([
    422,
    'validation_failed',
    pointer,
  ]);
});
