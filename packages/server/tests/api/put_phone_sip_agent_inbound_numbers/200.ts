import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeAgent } from '../agent-requests.ts';
import { configPath, makeNumber, numbersPath, type SipConfigBody } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('replaces the numbers, and releases the others', async () => {
  const { id } = await makeAgent(server);
  const numbers = await Promise.all(
    ['+12025550100', '+12025550101', '+12025550102'].map((one) => makeNumber(server, one)),
  );
  const [a = '', b = '', c = ''] = numbers.map((number) => number.id);
  const set = async (ids: string[], agent = id) => {
    const answer = await server.request<SipConfigBody>('PUT', numbersPath(agent), { body: { phone_number_ids: ids } });
    return [answer.status, ...answer.body.inbound_numbers.map((number) => number.id).sort()];
  };
  expect(await set([a, b])).toEqual([200, ...[a, b].sort()]);
  expect(await set([b, c, c, b.toUpperCase()])).toEqual([200, ...[b, c].sort()]);
  const other = await makeAgent(server, { name: 'Other' });
  expect(await set([a], other.id)).toEqual([200, a]);
  expect(await set([])).toEqual([200]);
  expect((await server.request('GET', configPath(other.id))).body).toMatchObject({ inbound_numbers: [{ id: a }] });
});
