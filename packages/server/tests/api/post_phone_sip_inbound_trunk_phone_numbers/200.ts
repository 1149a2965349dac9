import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeTrunk, trunkPath } from '../sip-requests.ts';
import type { TrunkBody } from '../trunk-body.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('adds numbers behind those on the list, in any form, once', async () => {
  await makeTrunk(server, { phone_numbers: ['+12025550100'] });
  const phone_numbers = ['+15552223333', '(202) 555-0100', '001 202 555 0102'];
  const { status, body } = await server.request<TrunkBody>('POST', `${trunkPath}/phone-numbers`, {
    body: { phone_numbers },
  });
  expect(status).toBe(200);
  expect(body.phone_numbers).toEqual(['+12025550100', '+15552223333', '+12025550102']);
});

test('of several additions at once none is lost', async () => {
  const key = server.other.key;
  await makeTrunk(server, {}, key);
  const numbers = ['+12025550150', '+12025550151', '+12025550152', '+12025550153'];
  await Promise.all(
    numbers.map((one) => server.request('POST', `${trunkPath}/phone-numbers`, { key, body: { phone_numbers: [one] } })),
  );
  const { body } = await server.request<TrunkBody>('GET', trunkPath, { key });
  expect([...body.phone_numbers].sort()).toEqual(numbers);
});
