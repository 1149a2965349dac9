import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeTrunk, trunkPath } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each([
  [{}, 'validation_failed', '/phone_numbers'],
  [{ phone_numbers: [] }, 'validation_failed', '/phone_numbers'],
  [{ phone_numbers: [''] }, 'validation_failed', '/phone_numbers/0'],
  [{ phone_numbers: ['+12025550100', 'alice'] }, 'phone_number_invalid', '/phone_numbers/1'],
])('%j', async (body, code, pointer) => {
  if ((await server.request('GET', trunkPath)).status === 404) await makeTrunk(server);
  const answer = await server.problem('POST', `${trunkPath}/phone-numbers`, { body });
  expect([answer.status, answer.body.code, answer.body.errors[0]?.pointer]).toEqual([422, code, pointer]);
});

test('a key without full access cannot vouch for numbers', async () => {
  const key = await server.scopedKey('sip:write');
  const body = { phone_numbers: ['+12025550190'] };
  const answer = await server.problem('POST', `${trunkPath}/phone-numbers`, { key, body });
  expect([answer.status, answer.body.code]).toEqual([422, 'phone_number_unverified']);
});
