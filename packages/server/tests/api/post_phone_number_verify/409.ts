import { afterAll, beforeAll, expect, test } from 'vitest';
import { phoneNumbers } from '../../../src/store/schema.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each(['inbound_call', 'sms_code'] as const)('a number proved by %s has nothing to prove', async (method) => {
  await server.store.db.delete(phoneNumbers);
  const row = { orgId: server.acme.id, phoneNumber: '+12025550101', method, state: 'verified' } as const;
  const [number] = await server.store.db.insert(phoneNumbers).values(row).returning();
  const { status, body } = await server.problem('POST', `/phone/numbers/${number?.id}/verify`);
  expect([status, body.code]).toEqual([409, 'verification_not_awaited']);
});

test('a purchase that was cut off cannot be vouched for', async () => {
  await server.store.db.delete(phoneNumbers);
  const row = { method: 'operator', state: 'pending', provider: 'twilio', phoneNumber: '+12025550140' } as const;
  const [number] = await server.store.db
    .insert(phoneNumbers)
    .values({ ...row, orgId: server.acme.id })
    .returning();
  const { status, body } = await server.problem('POST', `/phone/numbers/${number?.id}/verify`);
  expect([status, body.code]).toEqual([409, 'verification_not_awaited']);
  expect(body.detail).toContain('was cut off');
});
