import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { phoneNumbers } from '../../../src/store/schema.ts';
import { type FakeProvider, providerEnvironment, startFakeProvider } from '../../hosted-numbers/fake-provider.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let provider: FakeProvider;
let server: TestServer;
beforeAll(async () => {
  provider = await startFakeProvider();
  server = await startTestServer(providerEnvironment(provider, 'twilio'));
});
beforeEach(async () => {
  provider.reset();
  await server.store.db.delete(phoneNumbers);
});
afterAll(async () => {
  await server.stop();
  await provider.close();
});

const insert = async (row: Omit<typeof phoneNumbers.$inferInsert, 'orgId'>) => {
  const [number] = await server.store.db
    .insert(phoneNumbers)
    .values({ ...row, orgId: server.acme.id })
    .returning();
  return number?.id ?? '';
};
const verify = (id: string) => server.request('POST', `/phone/numbers/${id}/verify`);

test.each(['pending', 'failed', 'expired'] as const)('a number that is %s waits for a call again', async (state) => {
  const id = await insert({ phoneNumber: '+12025550101', method: 'inbound_call', state, attempts: 3 });
  expect(await verify(id)).toMatchObject({ status: 200, body: { state: 'pending' } });
});

test('a new code replaces the one before and has all its attempts', async () => {
  await insert({ phoneNumber: '+12025550140', method: 'operator', state: 'verified', provider: 'twilio' });
  const codeHash = '00'.repeat(32);
  const expiresAt = new Date(Date.now() + 8 * 60_000);
  const id = await insert({
    phoneNumber: '+12025550101',
    method: 'sms_code',
    state: 'pending',
    attempts: 4,
    codeHash,
    expiresAt,
  });
  expect((await verify(id)).status).toBe(200);
  const [stored] = await server.store.db.select().from(phoneNumbers).where(eq(phoneNumbers.id, id));
  expect(stored?.attempts).toBe(0);
  expect(stored?.codeHash).not.toBe(codeHash);
  expect(stored?.expiresAt?.getTime()).toBeGreaterThan(expiresAt.getTime());
  expect(provider.account.texts).toHaveLength(1);
});

test('a number that is vouched for stays verified', async () => {
  const id = await insert({ phoneNumber: '+12025550101', method: 'operator', state: 'verified' });
  expect(await verify(id)).toMatchObject({ status: 200, body: { state: 'verified' } });
});
