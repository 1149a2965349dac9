import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import type { TrunkBody } from '../trunk-body.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const path = '/phone/sip/inbound-trunk';

test('a second trunk is refused with the id of the first', async () => {
  const first = await server.request<TrunkBody>('POST', path, { body: { phone_numbers: ['+12025550101'] } });
  const { status, body } = await server.problem('POST', path, { body: { phone_numbers: ['+12025550102'] } });
  expect([status, body.code]).toEqual([409, 'inbound_trunk_exists']);
  expect(body.detail).toContain(first.body.id);
  expect((await server.request('GET', path)).body).toEqual(first.body);
});

test('of several at once one is made', async () => {
  const key = server.other.key;
  const answers = await Promise.all([1, 2, 3].map(() => server.request('POST', path, { key, body: {} })));
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409]);
});

test("another organisation's number is refused, and nothing is kept", async () => {
  const fresh = await startTestServer();
  await fresh.request('POST', path, { key: fresh.other.key, body: { phone_numbers: ['+12025550101'] } });
  const { status, body } = await fresh.problem('POST', path, {
    body: { phone_numbers: ['+12025550199', '202-555-0101'] },
  });
  expect([status, body.code]).toEqual([409, 'phone_number_taken']);
  expect(body.errors).toMatchObject([{ in: 'body', pointer: '/phone_numbers/1' }]);
  expect((await fresh.problem('GET', path)).status).toBe(404);
  await fresh.stop();
});
