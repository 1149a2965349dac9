import { afterAll, beforeAll, expect, test } from 'vitest';
import { phoneNumbers } from '../../../src/store/schema.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('a hosted number cannot be given back without the keys it was bought with', async () => {
  const row = { phoneNumber: '+12025550140', method: 'operator', state: 'verified', provider: 'telnyx' } as const;
  const values = { ...row, orgId: server.acme.id, providerNumberId: '1' };
  const [number] = await server.store.db.insert(phoneNumbers).values(values).returning();
  const answer = await server.problem('DELETE', `/phone/numbers/${number?.id}?release=true`);
  expect([answer.status, answer.body.code]).toEqual([422, 'hosted_numbers_not_configured']);
  expect(answer.body.detail).toContain('Set TELNYX_API_KEY');
  expect((await server.request('GET', `/phone/numbers/${number?.id}`)).status).toBe(200);
});

test('release is true or false', async () => {
  const path = '/phone/numbers/00000000-0000-4000-8000-000000000000?release=yes';
  expect((await server.problem('DELETE', path)).body).toMatchObject({ status: 422, code: 'validation_failed' });
});
