import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FakeProvider, providerEnvironment, startFakeProvider } from '../../hosted-numbers/fake-provider.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let provider: FakeProvider;
let server: TestServer;
beforeAll(async () => {
  provider = await startFakeProvider();
  server = await startTestServer(providerEnvironment(provider, 'telnyx'));
});
afterAll(async () => {
  await server.stop();
  await provider.close();
});

const path = '/phone/numbers/buy';

test.each([
  [{}, '/phone_number'],
  [{ phone_number: 'alice' }, '/phone_number'],
  [{ phone_number: '+12025550140', provider: 'bell' }, '/provider'],
])('%j is not valid', async (body, pointer) => {
  const answer = await server.problem('POST', path, { body });
  expect([answer.status, answer.body.errors[0]?.pointer]).toEqual([422, pointer]);
});

test('a provider without keys is named with its variables', async () => {
  const { status, body } = await server.problem('POST', path, {
    body: { phone_number: '+12025550140', provider: 'twilio' },
  });
  expect([status, body.code]).toEqual([422, 'hosted_numbers_not_configured']);
  expect(body.detail).toContain('Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN');
});

test.each([
  ['', 'no public address is configured'],
  ['203.0.113.5', 'Telnyx sends calls to a host name'],
])('a server at %j buys nothing that could not ring', async (PUBLIC_ADDRESS, why) => {
  const hidden = await startTestServer({ ...providerEnvironment(provider, 'telnyx'), PUBLIC_ADDRESS });
  const { status, body } = await hidden.problem('POST', path, { body: { phone_number: '+12025550140' } });
  expect([status, body.code]).toEqual([422, 'hosted_numbers_unreachable']);
  expect(body.detail).toContain(why);
  expect(provider.account.numbers.size).toBe(0);
  expect((await hidden.request('GET', '/phone/numbers')).body).toEqual({ items: [], next: null });
  await hidden.stop();
});
