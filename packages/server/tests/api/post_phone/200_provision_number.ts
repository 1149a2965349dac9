import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FakeProvider, providerEnvironment, startFakeProvider } from '../../hosted-numbers/fake-provider.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';
import type { NumberBody } from '../phone-number-body.ts';

let provider: FakeProvider;
let server: TestServer;
beforeAll(async () => {
  provider = await startFakeProvider();
  server = await startTestServer(providerEnvironment(provider, 'both'));
});
afterAll(async () => {
  await server.stop();
  await provider.close();
});

test('one call makes an agent with a number that rings', async () => {
  const { status, body } = await server.request<{ id: string; phone_number: string }>('POST', '/phone', {
    body: { name: 'Support', provision_number: { country: 'US', area_code: '415' } },
  });
  expect([status, body.phone_number]).toEqual([200, '+14155550142']);
  const numbers = await server.request<{ items: readonly NumberBody[] }>('GET', '/phone/numbers');
  expect(numbers.body.items).toMatchObject([{ phone_number: '+14155550142', agent_id: body.id, provider: 'twilio' }]);
  expect((await server.request('GET', `/phone/${body.id}`)).body).toMatchObject({ phone_number: '+14155550142' });
});

test('a number that is deleted leaves the agent', async () => {
  const numbers = await server.request<{ items: readonly NumberBody[] }>('GET', '/phone/numbers');
  const [number] = numbers.body.items;
  await server.request('DELETE', `/phone/numbers/${number?.id}`);
  expect((await server.request('GET', `/phone/${number?.agent_id}`)).body).toMatchObject({ phone_number: null });
});
