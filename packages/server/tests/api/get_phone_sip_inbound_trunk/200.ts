import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('answers with the same credentials as when it was made', async () => {
  const made = await server.request('POST', '/phone/sip/inbound-trunk', { body: { phone_numbers: ['+12025550100'] } });
  const { status, body } = await server.request('GET', '/phone/sip/inbound-trunk');
  expect(status).toBe(200);
  expect(body).toEqual(made.body);
  expect(body).toMatchObject({ sip_endpoint: '127.0.0.1' });
});
