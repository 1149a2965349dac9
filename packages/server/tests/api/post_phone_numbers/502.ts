import { afterAll, beforeAll, expect, test } from 'vitest';
import { phoneNumbers } from '../../../src/store/schema.ts';
import { type FakeProvider, providerEnvironment, startFakeProvider } from '../../hosted-numbers/fake-provider.ts';
import { twilioError } from '../../hosted-numbers/fake-twilio.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let provider: FakeProvider;
let server: TestServer;
beforeAll(async () => {
  provider = await startFakeProvider();
  server = await startTestServer(providerEnvironment(provider, 'twilio'));
});
afterAll(async () => {
  await server.stop();
  await provider.close();
});

test('a text message the provider refuses is told in its words, and the number is not kept', async () => {
  const orgId = server.acme.id;
  const row = {
    orgId,
    method: 'operator',
    state: 'verified',
    provider: 'twilio',
    phoneNumber: '+12025550140',
  } as const;
  await server.store.db.insert(phoneNumbers).values(row);
  provider.interfere('POST', /Messages/, twilioError(400, 21614, "'To' number is not a valid mobile number"));
  const body = { phone_number: '+12025550102', method: 'sms_code' };
  const answer = await server.problem('POST', '/phone/numbers', { body });
  expect([answer.status, answer.body.code]).toEqual([502, 'number_provider_failed']);
  expect(answer.body.detail).toContain("'To' number is not a valid mobile number");
  expect((await server.request<{ items: unknown[] }>('GET', '/phone/numbers')).body.items).toHaveLength(1);
});
