import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeLifetimeMs } from '../../../src/number-verification/verification.ts';
import { phoneNumbers } from '../../../src/store/schema.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each(['pending', 'failed'] as const)('nobody is flooded with codes: %s a moment after one', async (state) => {
  await server.store.db.delete(phoneNumbers);
  const expiresAt = new Date(Date.now() + codeLifetimeMs - 30_000);
  const row = { orgId: server.acme.id, phoneNumber: '+12025550101', method: 'sms_code', state, expiresAt } as const;
  const [number] = await server.store.db.insert(phoneNumbers).values(row).returning();
  const { status, headers, body } = await server.problem('POST', `/phone/numbers/${number?.id}/verify`);
  expect([status, body.code]).toEqual([429, 'verification_too_soon']);
  expect(headers.get('retry-after')).toBe('60');
});
