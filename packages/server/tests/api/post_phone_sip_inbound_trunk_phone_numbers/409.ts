import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeNumber, makeTrunk, trunkPath } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test("another organisation's number is refused", async () => {
  await makeTrunk(server);
  await makeNumber(server, '+15552223333', server.other.key);
  const body = { phone_numbers: ['+12025550100', '+15552223333'] };
  const answer = await server.problem('POST', `${trunkPath}/phone-numbers`, { body });
  expect([answer.status, answer.body.code]).toEqual([409, 'phone_number_taken']);
  expect(answer.body.errors).toMatchObject([{ pointer: '/phone_numbers/1' }]);
});
