import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FakeProvider, providerEnvironment, startFakeProvider } from '../../hosted-numbers/fake-provider.ts';
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

test('what is known here is not bought: no request reaches the provider', async () => {
  const body = { phone_number: '+12025550140' };
  await server.request('POST', '/phone/numbers', { body: { ...body, method: 'inbound_call' } });
  const own = await server.problem('POST', '/phone/numbers/buy', { body });
  expect([own.status, own.body.code]).toEqual([409, 'phone_number_exists']);
  const others = await server.problem('POST', '/phone/numbers/buy', { key: server.other.key, body });
  expect([others.status, others.body.code]).toEqual([409, 'phone_number_taken']);
  expect(provider.requests).toEqual([]);
});
