import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { phoneNumbers } from '../../../src/store/schema.ts';
import { type FakeProvider, providerEnvironment, startFakeProvider } from '../../hosted-numbers/fake-provider.ts';
import { telnyxError } from '../../hosted-numbers/fake-telnyx.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let provider: FakeProvider;
let server: TestServer;
beforeAll(async () => {
  provider = await startFakeProvider();
  server = await startTestServer(providerEnvironment(provider, 'telnyx'));
});
beforeEach(() => provider.reset());
afterAll(async () => {
  await server.stop();
  await provider.close();
});

/** Buys a number that is removed here while its order is carried out. */
async function buyAndRemove() {
  const body = { phone_number: '+12025550140' };
  const carryOut = provider.interfere('GET', /number_orders/, { status: 200, body: { data: { status: 'pending' } } });
  const bought = server.problem('POST', '/phone/numbers/buy', { body });
  while (provider.account.numbers.size === 0) await sleep(5);
  await server.store.db.delete(phoneNumbers);
  carryOut();
  return bought;
}

test('a number that is removed while it is bought is given back', async () => {
  const { status, body } = await buyAndRemove();
  expect([status, body.code]).toEqual([404, 'phone_number_not_found']);
  expect(provider.account.numbers.size).toBe(0);
});

test('one that the provider then keeps is told', async () => {
  provider.interfere('DELETE', /phone_numbers/, telnyxError(422, '10015', 'Locked', 'It has a deletion lock.'));
  const { status, body } = await buyAndRemove();
  expect([status, body.code]).toEqual([502, 'number_provider_left_over']);
  expect(body.detail).toContain('The number +12025550140 is left in the Telnyx account.');
});
