import { afterAll, beforeAll, expect, test } from 'vitest';
import { phoneNumbers } from '../../../src/store/schema.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each([
  ['verified', 'sms_code', null, 'is verified already'],
  ['failed', 'sms_code', null, 'has failed'],
  ['expired', 'sms_code', null, 'is over'],
  ['pending', 'sms_code', -1, 'is over'],
  ['pending', 'inbound_call', 60_000, 'waits for a call'],
] as const)('a number that is %s by %s awaits no code (%s ms left)', async (state, method, leftMs, why) => {
  await server.store.db.delete(phoneNumbers);
  const expiresAt = leftMs === null ? null : new Date(Date.now() + leftMs);
  const codeHash = method === 'sms_code' && state === 'pending' ? '00'.repeat(32) : null;
  const row = { orgId: server.acme.id, phoneNumber: '+12025550101', method, state, expiresAt, codeHash };
  const [number] = await server.store.db.insert(phoneNumbers).values(row).returning();
  const path = `/phone/numbers/${number?.id}/check`;
  const { status, body } = await server.problem('POST', path, { body: { code: '123456' } });
  expect([status, body.code]).toEqual([409, 'verification_not_awaited']);
  expect(body.detail).toContain(why);
});
