import { afterAll, beforeAll, expect, test } from 'vitest';
import { phoneNumbers } from '../../../src/store/schema.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { trunkPath } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('without a trunk nothing is added, nor kept as verified', async () => {
  const body = { phone_numbers: ['+15552223333'] };
  const answer = await server.problem('POST', `${trunkPath}/phone-numbers`, { body });
  expect([answer.status, answer.body.code]).toEqual([404, 'inbound_trunk_not_found']);
  expect(await server.store.db.$count(phoneNumbers)).toBe(0);
});
