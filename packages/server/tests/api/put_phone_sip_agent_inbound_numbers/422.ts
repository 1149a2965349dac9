import { afterAll, beforeAll, expect, test } from 'vitest';
import { phoneNumbers } from '../../../src/store/schema.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeAgent } from '../agent-requests.ts';
import { configPath, makeNumber, noId, numbersPath } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each([
  [{}, '/phone_number_ids'],
  [{ phone_number_ids: '+12025550100' }, '/phone_number_ids'],
  [{ phone_number_ids: ['+12025550100'] }, '/phone_number_ids/0'],
])('%j is not valid', async (body, pointer) => {
  const { id } = await makeAgent(server);
  const answer = await server.problem('PUT', numbersPath(id), { body });
  expect([answer.status, answer.body.code, answer.body.errors[0]?.pointer]).toEqual([
    422,
    'validation_failed',
    pointer,
  ]);
});

test('a number that is not verified', async () => {
  const { id } = await makeAgent(server);
  const number = { phone_number: '+12025550100', method: 'inbound_call' };
  const pending = await server.request<{ id: string }>('POST', '/phone/numbers', { body: number });
  await server.store.db.update(phoneNumbers).set({ state: 'pending' });
  const answer = await server.problem('PUT', numbersPath(id), { body: { phone_number_ids: [pending.body.id] } });
  expect([answer.status, answer.body.code]).toEqual([422, 'phone_number_unverified']);
});

test("an unknown number, and another organisation's, and nothing is changed", async () => {
  const { id } = await makeAgent(server);
  const own = await makeNumber(server, '+12025550110');
  const foreign = await makeNumber(server, '+12025550111', server.other.key);
  const body = { phone_number_ids: [own.id, noId, foreign.id] };
  const answer = await server.problem('PUT', numbersPath(id), { body });
  expect([answer.status, answer.body.code]).toEqual([422, 'reference_unknown']);
  expect(answer.body.errors.map(({ pointer }) => pointer)).toEqual(['/phone_number_ids/1', '/phone_number_ids/2']);
  expect((await server.request('GET', configPath(id))).body).toMatchObject({ inbound_numbers: [] });
});
