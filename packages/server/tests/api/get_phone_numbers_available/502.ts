import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type FakeProvider, providerEnvironment, startFakeProvider } from '../../hosted-numbers/fake-provider.ts';
import { twilioError } from '../../hosted-numbers/fake-twilio.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let provider: FakeProvider;
let server: TestServer;
beforeAll(async () => {
  provider = await startFakeProvider();
  server = await startTestServer(providerEnvironment(provider, 'twilio'));
});
beforeEach(() => provider.reset());
afterAll(async () => {
  await server.stop();
  await provider.close();
});

const search = () => server.problem('GET', '/phone/numbers/available');

test.each([
  [twilioError(401, 20003, 'Authenticate'), 'Twilio: "Authenticate" Check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN'],
  [twilioError(429, 20429, 'Too Many Requests'), 'Twilio: "Too Many Requests" Try again in a minute.'],
  [{ status: 503, body: 'down' }, 'Twilio: It answered with status 503. Try again later'],
])('%j is told with the next step', async (answer, detail) => {
  provider.interfere('GET', /Available/, answer);
  const { status, body } = await search();
  expect([status, body.code]).toEqual([502, 'number_provider_failed']);
  expect(body.detail).toContain(detail);
});

test('a line that breaks', async () => {
  provider.interfere('GET', /Available/, 'drop');
  const { status, body } = await search();
  expect([status, body.code]).toEqual([502, 'number_provider_failed']);
  expect(body.detail).toContain('cannot be reached (ECONNRESET). Try again in a moment.');
});

test('a provider on a private address is not asked unless that is allowed', async () => {
  const strict = await startTestServer({ ...providerEnvironment(provider, 'twilio'), ALLOW_PRIVATE_HTTP: '0' });
  const { status, body } = await strict.problem('GET', '/phone/numbers/available');
  expect([status, body.code]).toEqual([502, 'number_provider_failed']);
  expect(body.detail).toContain('127.0.0.1 is a private address');
  expect(provider.requests).toEqual([]);
  await strict.stop();
});
