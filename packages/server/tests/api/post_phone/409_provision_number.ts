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

test('without a number for sale there is no agent either', async () => {
  const { status, body } = await server.problem('POST', '/phone', {
    body: { name: 'Support', provision_number: { area_code: '999' } },
  });
  expect([status, body.code]).toEqual([409, 'hosted_number_unavailable']);
  expect(body.detail).toContain('No number of US with the area code 999 is for sale.');
  expect((await server.request('GET', '/phone')).body).toEqual([]);
});
