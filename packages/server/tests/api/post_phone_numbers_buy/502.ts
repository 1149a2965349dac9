import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { phoneNumbers } from '../../../src/store/schema.ts';
import { type FakeProvider, providerEnvironment, startFakeProvider } from '../../hosted-numbers/fake-provider.ts';
import { telnyxError } from '../../hosted-numbers/fake-telnyx.ts';
import { twilioError } from '../../hosted-numbers/fake-twilio.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';
import type { NumberBody } from '../phone-number-body.ts';

let provider: FakeProvider;
let server: TestServer;
beforeAll(async () => {
  provider = await startFakeProvider();
  server = await startTestServer(providerEnvironment(provider, 'both'));
});
beforeEach(async () => {
  provider.reset();
  await server.store.db.delete(phoneNumbers);
});
afterAll(async () => {
  await server.stop();
  await provider.close();
});

const buy = (name: string, phone_number = '+12025550140') =>
  server.problem('POST', '/phone/numbers/buy', { body: { phone_number, provider: name } });
const known = async () => (await server.request<{ items: readonly NumberBody[] }>('GET', '/phone/numbers')).body.items;

test.each([
  ['twilio', '+12025559999 is not available.'],
  ['telnyx', 'The number is already reserved or sold.'],
])('a number %s does not sell is told in its words, and nothing is kept', async (name, sentence) => {
  const { status, body } = await buy(name, '+12025559999');
  expect([status, body.code]).toEqual([502, 'number_provider_failed']);
  expect(body.detail).toContain(`"${sentence}"`);
  expect(await known()).toEqual([]);
});

const refusals = {
  twilio: { answer: twilioError(500, 20500, 'Internal Server Error'), target: /OriginationUrls/, undo: /Trunks\/TK/ },
  telnyx: {
    answer: telnyxError(500, '10000', 'Server error', 'Please try again.'),
    target: /fqdns/,
    undo: /fqdn_connections\//,
  },
} as const;

test.each(['twilio', 'telnyx'] as const)('a connection to %s that fails half-way is undone', async (name) => {
  const { answer, target } = refusals[name];
  provider.interfere('POST', target, answer);
  const { status, body } = await buy(name);
  expect([status, body.code]).toEqual([502, 'number_provider_failed']);
  expect(provider.account.connections.size).toBe(0);
  expect(await known()).toEqual([]);
});

test.each(['twilio', 'telnyx'] as const)('what %s does not let be undone is told', async (name) => {
  const { answer, target, undo } = refusals[name];
  provider.interfere('POST', target, answer);
  provider.interfere('DELETE', undo, answer);
  const { status, body } = await buy(name);
  expect([status, body.code]).toEqual([502, 'number_provider_left_over']);
  const [connection] = [...provider.account.connections.keys()];
  expect(body.detail).toContain(connection);
  expect(await known()).toEqual([]);
});

test.each([
  ['twilio', /IncomingPhoneNumbers\.json/],
  ['telnyx', /number_orders$|phone_numbers\?/],
] as const)('a purchase at %s that nobody can tell the end of stays known and can be released', async (name, path) => {
  provider.interfere('POST', path, 'drop');
  provider.interfere('GET', path, refusals[name].answer);
  const { status, body } = await buy(name);
  expect([status, body.code]).toEqual([502, 'number_provider_left_over']);
  expect(body.detail).toContain('Perhaps the number +12025550140 is left');
  const [number] = await known();
  expect(number).toMatchObject({ state: 'pending', provider: name });
  expect(number?.next_step).toContain('release=true');

  const { account } = provider;
  const bought = new Map(account.numbers);
  provider.reset();
  for (const [one, id] of bought) account.numbers.set(one, id);
  expect((await server.request('DELETE', `/phone/numbers/${number?.id}?release=true`)).body).toMatchObject({
    released: true,
  });
  expect(account.numbers.size).toBe(0);
});

test('an order that fails in the background', async () => {
  provider.interfere('GET', /number_orders/, { status: 200, body: { data: { status: 'failure' } } });
  const { status, body } = await buy('telnyx');
  expect([status, body.code]).toEqual([502, 'number_provider_failed']);
  expect(await known()).toEqual([]);
});

test('an answer in another form than documented', async () => {
  provider.interfere('POST', /Trunks$/, { status: 201, body: { id: 1 } });
  const { body } = await buy('twilio');
  expect(body).toMatchObject({ status: 502, code: 'number_provider_failed' });
  expect(body.detail).toContain('a form that is not documented');
});

test('a purchase that failed with a fault and is not in the account is forgotten', async () => {
  provider.interfere('POST', /IncomingPhoneNumbers/, twilioError(500, 20500, 'Internal Server Error'));
  const { status, body } = await buy('twilio');
  expect([status, body.code]).toEqual([502, 'number_provider_failed']);
  expect(await known()).toEqual([]);
});
