import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { phoneNumbers } from '../../../src/store/schema.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeNumber, makeTrunk, trunkPath } from '../sip-requests.ts';
import type { TrunkBody } from '../trunk-body.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('adds what was verified since and drops what is not verified any more', async () => {
  await makeTrunk(server, { phone_numbers: ['+12025550100', '+12025550101'] });
  await makeNumber(server, '+12025550102');
  const expired = { state: 'expired' as const };
  await server.store.db.update(phoneNumbers).set(expired).where(eq(phoneNumbers.phoneNumber, '+12025550100'));
  const { status, body } = await server.request<TrunkBody>('POST', `${trunkPath}/sync`);
  expect(status).toBe(200);
  expect(body.phone_numbers).toEqual(['+12025550101', '+12025550102']);
  expect((await server.request('GET', trunkPath)).body).toEqual(body);
});

test('takes an empty JSON body too', async () => {
  expect((await server.request('POST', `${trunkPath}/sync`, { body: {} })).status).toBe(200);
});
