import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { auditLog, phoneNumbers } from '../../../src/store/schema.ts';
import { type FakeProvider, providerEnvironment, startFakeProvider } from '../../hosted-numbers/fake-provider.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';
import type { NumberBody } from '../phone-number-body.ts';

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

const add = (phone_number: string, method: string) =>
  server.request<NumberBody>('POST', '/phone/numbers', { body: { phone_number, method } });

test('a key with full access vouches for a number, which is audited', async () => {
  const { status, body } = await add('(202) 555-0100', 'operator');
  expect(status).toBe(200);
  expect(body).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    phone_number: '+12025550100',
    method: 'operator',
    state: 'verified',
    next_step: null,
    expires_at: null,
    verified_at: expect.stringMatching(/^20/),
    agent_id: null,
    provider: null,
    created_at: expect.stringMatching(/^20/),
    updated_at: expect.stringMatching(/^20/),
  });
  const [entry] = await server.store.db.select().from(auditLog).where(eq(auditLog.targetId, body.id));
  expect(entry).toMatchObject({ action: 'phone_number.create', orgId: server.acme.id, actorType: 'api_key' });
});

test('a number that is to be called waits an hour for the call', async () => {
  const { body } = await add('+12025550101', 'inbound_call');
  expect(body).toMatchObject({ state: 'pending', verified_at: null });
  expect(body.next_step).toContain('+12025550101');
  const waitMs = Date.parse(body.expires_at ?? '') - Date.now();
  expect(waitMs).toBeGreaterThan(59 * 60_000);
  expect(waitMs).toBeLessThanOrEqual(60 * 60_000);
});

test('a code is sent from a hosted number of the organisation', async () => {
  const bought = { phoneNumber: '+12025550140', provider: 'twilio', providerNumberId: 'PN1' } as const;
  const rest = { orgId: server.acme.id, method: 'operator', state: 'verified' } as const;
  await server.store.db.insert(phoneNumbers).values({ ...bought, ...rest });
  const { status, body } = await add('+12025550102', 'sms_code');
  expect([status, body.state]).toEqual([200, 'pending']);
  expect(provider.account.texts).toEqual([
    { from: '+12025550140', to: '+12025550102', text: expect.stringMatching(/^\d{6} is your code/) },
  ]);
  const [stored] = await server.store.db.select().from(phoneNumbers).where(eq(phoneNumbers.id, body.id));
  expect(stored?.codeHash).toMatch(/^[0-9a-f]{64}$/);
  expect(JSON.stringify(body)).not.toContain(stored?.codeHash);
});
