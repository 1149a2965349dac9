import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FakeProvider, providerEnvironment, startFakeProvider } from '../../hosted-numbers/fake-provider.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

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

const search = async (query: string) =>
  (await server.request<{ items: readonly { phone_number: string }[] }>('GET', `/phone/numbers/available${query}`))
    .body;

test('numbers of the first provider that is configured', async () => {
  expect(await search('?country=us&area_code=415')).toEqual({
    items: [
      {
        phone_number: '+14155550142',
        provider: 'twilio',
        country: 'US',
        region: 'DC',
        locality: 'Washington',
        features: ['voice', 'sms'],
        monthly_cost: null,
        currency: null,
      },
    ],
    next: null,
  });
});

test('numbers of the one that is named, with its price', async () => {
  expect(await search('?area_code=202&provider=telnyx&limit=1')).toEqual({
    items: [
      {
        phone_number: '+12025550140',
        provider: 'telnyx',
        country: 'US',
        region: 'DC',
        locality: 'WASHINGTON',
        features: ['voice', 'sms'],
        monthly_cost: '1.00',
        currency: 'USD',
      },
    ],
    next: null,
  });
});

test.each(['twilio', 'telnyx'])('none at %s is an empty list', async (name) => {
  expect((await search(`?area_code=999&provider=${name}`)).items).toEqual([]);
});

test('outside North America the digits are searched for at Twilio', async () => {
  await search('?country=GB&area_code=20');
  expect(provider.requests.at(-1)?.path).toContain('/AvailablePhoneNumbers/GB/Local.json?');
  expect(provider.requests.at(-1)?.path).toContain('Contains=20');
});
