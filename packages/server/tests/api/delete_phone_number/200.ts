import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditLog, phoneNumbers } from '../../../src/store/schema.ts';
import { type FakeProvider, providerEnvironment, startFakeProvider } from '../../hosted-numbers/fake-provider.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';
import type { NumberBody } from '../phone-number-body.ts';
import type { TrunkBody } from '../trunk-body.ts';

let provider: FakeProvider;
let server: TestServer;
beforeAll(async () => {
  provider = await startFakeProvider();
  server = await startTestServer(providerEnvironment(provider, 'both'));
});
afterAll(async () => {
  await server.stop();
  await provider.close();
});

test('a number in use leaves its trunk and its agent, and the audit log knows', async () => {
  const numbers = { phone_numbers: ['+12025550100', '+12025550101'] };
  await server.request('POST', '/phone/sip/inbound-trunk', { body: numbers });
  const agent = (await server.request<{ id: string }>('POST', '/phone', { body: { name: 'A' } })).body;
  const { db } = server.store;
  const [row] = await db
    .update(phoneNumbers)
    .set({ agentId: agent.id })
    .where(eq(phoneNumbers.phoneNumber, '+12025550100'))
    .returning();
  const id = row?.id ?? '';
  expect(await server.request('DELETE', `/phone/numbers/${id}`)).toMatchObject({
    status: 200,
    body: { id, deleted: true, released: false },
  });
  const trunk = await server.request<TrunkBody>('GET', '/phone/sip/inbound-trunk');
  expect(trunk.body.phone_numbers).toEqual(['+12025550101']);
  expect((await server.request('GET', `/phone/numbers/${id}`)).status).toBe(404);
  const entries = await db.select().from(auditLog).where(eq(auditLog.action, 'phone_number.delete'));
  expect(entries.map(({ targetId }) => targetId)).toEqual([id]);
});

test.each(['twilio', 'telnyx'])('a number of %s is given back', async (name) => {
  provider.reset();
  const body = { phone_number: '+12025550140', provider: name };
  const { id } = (await server.request<NumberBody>('POST', '/phone/numbers/buy', { body })).body;
  expect(provider.account.numbers.size).toBe(1);
  const answer = await server.request('DELETE', `/phone/numbers/${id}?release=true`);
  expect(answer).toMatchObject({ status: 200, body: { deleted: true, released: true } });
  expect(provider.account.numbers.size).toBe(0);
});

test('a number that is gone at the provider already is removed here', async () => {
  provider.reset();
  const body = { phone_number: '+12025550140', provider: 'twilio' };
  const { id } = (await server.request<NumberBody>('POST', '/phone/numbers/buy', { body })).body;
  provider.account.numbers.clear();
  expect((await server.request('DELETE', `/phone/numbers/${id}?release=true`)).status).toBe(200);
  expect((await server.request('GET', `/phone/numbers/${id}`)).status).toBe(404);
});

test('without release it stays bought', async () => {
  provider.reset();
  const body = { phone_number: '+12025550140', provider: 'twilio' };
  const { id } = (await server.request<NumberBody>('POST', '/phone/numbers/buy', { body })).body;
  expect((await server.request('DELETE', `/phone/numbers/${id}`)).body).toMatchObject({ released: false });
  expect(provider.account.numbers.size).toBe(1);
});
