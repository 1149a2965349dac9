import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FakeProvider, providerEnvironment, startFakeProvider } from '../../hosted-numbers/fake-provider.ts';
import { telnyxError } from '../../hosted-numbers/fake-telnyx.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';
import type { NumberBody } from '../phone-number-body.ts';

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

test('a number the provider keeps is kept here as well', async () => {
  const body = { phone_number: '+12025550140' };
  const { id } = (await server.request<NumberBody>('POST', '/phone/numbers/buy', { body })).body;
  provider.interfere('DELETE', /phone_numbers/, telnyxError(422, '10015', 'Locked', 'The number has a deletion lock.'));
  const answer = await server.problem('DELETE', `/phone/numbers/${id}?release=true`);
  expect([answer.status, answer.body.code]).toEqual([502, 'number_provider_failed']);
  expect(answer.body.detail).toBe(
    'Telnyx: "The number has a deletion lock." Settle this in the Telnyx account, or choose another number.',
  );
  expect((await server.request('GET', `/phone/numbers/${id}`)).body).toMatchObject({ state: 'verified' });
});
