import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { auditLog, inboundTrunks, phoneNumbers } from '../../../src/store/schema.ts';
import { type FakeProvider, providerEnvironment, startFakeProvider } from '../../hosted-numbers/fake-provider.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';
import type { NumberBody } from '../phone-number-body.ts';
import type { TrunkBody } from '../trunk-body.ts';

let provider: FakeProvider;
let server: TestServer;
beforeAll(async () => {
  provider = await startFakeProvider();
  server = await startTestServer({ ...providerEnvironment(provider, 'both'), SIP_PORT: '5080' });
});
beforeEach(async () => {
  provider.reset();
  await server.store.db.delete(phoneNumbers);
  await server.store.db.delete(inboundTrunks);
});
afterAll(async () => {
  await server.stop();
  await provider.close();
});

const buy = (phone_number: string, name?: string) =>
  server.request<NumberBody>('POST', '/phone/numbers/buy', { body: { phone_number, provider: name } });
const connections = () => [...provider.account.connections.values()];

test.each([
  ['twilio', 'sip:sip.example.com:5080'],
  ['telnyx', 'sip.example.com:5080'],
])('a number of %s rings here: connected, verified, on the trunk, audited', async (name, target) => {
  const { status, body } = await buy('+12025550140', name);
  expect(status).toBe(200);
  expect(body).toMatchObject({ phone_number: '+12025550140', state: 'verified', method: 'operator', provider: name });
  expect(connections()).toEqual([{ name: 'Dialplane sip.example.com:5080', targets: [target] }]);
  expect(provider.account.numbers.has('+12025550140')).toBe(true);
  const trunk = await server.request<TrunkBody>('GET', '/phone/sip/inbound-trunk');
  expect(trunk.body.phone_numbers).toEqual(['+12025550140']);
  const [entry] = await server.store.db.select().from(auditLog).where(eq(auditLog.targetId, body.id));
  expect(entry?.action).toBe('phone_number.buy');
});

test.each([
  ['twilio', { phone_number: 'PhoneNumber', connection: 'TrunkSid' }],
  ['telnyx', { phone_number: 'phone_numbers', connection: 'connection_id' }],
])('%s is told in one request what to buy and where it leads', async (name, fields) => {
  await buy('+12025550140', name);
  const order = provider.requests.find(({ method, path }) => method === 'POST' && /Incoming|orders/.test(path));
  const [connection] = [...provider.account.connections.keys()];
  expect(order?.content[fields.connection]).toBe(connection);
  expect(JSON.stringify(order?.content[fields.phone_number])).toContain('+12025550140');
});

test.each(['twilio', 'telnyx'])('the second number of %s uses what is there', async (name) => {
  await buy('+12025550140', name);
  await buy('+12025550141', name);
  expect(connections()).toHaveLength(1);
  expect(connections()[0]?.targets).toHaveLength(1);
  const [trunk] = await server.store.db.select().from(inboundTrunks);
  expect(trunk?.phoneNumbers).toEqual(['+12025550140', '+12025550141']);
});

test('a trunk that is there keeps its numbers and addresses, and knows the provider’s', async () => {
  await server.request('POST', '/phone/sip/inbound-trunk', { body: { phone_numbers: ['+12025550100'] } });
  await server.store.db.update(inboundTrunks).set({ allowedIps: ['198.51.100.7'] });
  await buy('+12025550140', 'telnyx');
  await buy('+12025550141', 'telnyx');
  const [trunk] = await server.store.db.select().from(inboundTrunks);
  expect(trunk?.phoneNumbers).toEqual(['+12025550100', '+12025550140', '+12025550141']);
  expect(trunk?.allowedIps).toContain('198.51.100.7');
  expect(trunk?.allowedIps.filter((one) => one === '192.76.120.10')).toHaveLength(1);
});

test('a connection that lost its target gets it back', async () => {
  await buy('+12025550140', 'twilio');
  for (const { targets } of connections()) targets.length = 0;
  await buy('+12025550141', 'twilio');
  expect(connections()).toEqual([{ name: expect.any(String), targets: ['sip:sip.example.com:5080'] }]);
});

test.each([
  ['twilio', /IncomingPhoneNumbers\.json$/],
  ['telnyx', /number_orders$/],
])('a purchase at %s whose answer was lost counts, when the account has the number', async (name, path) => {
  provider.interfere('POST', path, 'drop');
  const { status, body } = await buy('+12025550140', name);
  expect([status, body.state]).toEqual([200, 'verified']);
});

test.each([
  ['twilio', 'POST', /IncomingPhoneNumbers\.json$/],
  ['telnyx', 'GET', /number_orders/],
])('a purchase at %s that was carried out counts, although its answer is a fault', async (name, method, path) => {
  provider.interfere(method, path, { status: 500, body: {} });
  // Telnyx has carried out the order by the time it breaks down.
  if (name === 'twilio') provider.account.numbers.set('+12025550140', 'PN7');
  const { status, body } = await buy('+12025550140', name);
  expect([status, body.state]).toEqual([200, 'verified']);
  expect(provider.account.numbers.has('+12025550140')).toBe(true);
});
