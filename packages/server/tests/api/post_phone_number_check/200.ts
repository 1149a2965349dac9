import { afterAll, beforeAll, expect, test } from 'vitest';
import { phoneNumbers } from '../../../src/store/schema.ts';
import { type FakeProvider, providerEnvironment, startFakeProvider } from '../../hosted-numbers/fake-provider.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';
import type { NumberBody } from '../phone-number-body.ts';

let provider: FakeProvider;
let server: TestServer;
beforeAll(async () => {
  provider = await startFakeProvider();
  server = await startTestServer(providerEnvironment(provider, 'telnyx'));
  const orgId = server.acme.id;
  const row = {
    orgId,
    method: 'operator',
    state: 'verified',
    provider: 'telnyx',
    phoneNumber: '+12025550140',
  } as const;
  await server.store.db.insert(phoneNumbers).values(row);
});
afterAll(async () => {
  await server.stop();
  await provider.close();
});

test('the code that was sent proves the number, once', async () => {
  const body = { phone_number: '+12025550102', method: 'sms_code' };
  const { id } = (await server.request<NumberBody>('POST', '/phone/numbers', { body })).body;
  const code = provider.account.texts.at(-1)?.text.slice(0, 6);
  const check = () => server.request<NumberBody>('POST', `/phone/numbers/${id}/check`, { body: { code } });
  expect(await check()).toMatchObject({
    status: 200,
    body: { state: 'verified', verified_at: expect.stringMatching(/^20/), expires_at: null, next_step: null },
  });
  expect((await check()).status).toBe(409);
});
