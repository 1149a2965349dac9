import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import type { NumberBody } from '../phone-number-body.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('what adding it answered', async () => {
  const body = { phone_number: '+12025550100', method: 'inbound_call' };
  const added = await server.request<NumberBody>('POST', '/phone/numbers', { body });
  expect((await server.request('GET', `/phone/numbers/${added.body.id}`)).body).toEqual(added.body);
});
