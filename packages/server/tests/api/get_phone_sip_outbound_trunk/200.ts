import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeOutboundTrunk, outboundPath } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('tells the settings and no secret', async () => {
  const settings = {
    host: '192.0.2.9',
    port: 5062,
    transport: 'tcp',
    auth_username: 'auth',
    from_user: '15551234567',
    from_domain: 'pbx.example',
    outbound_proxy: 'proxy.example:5080',
    register: true,
    number_policy: 'prefix:9',
    transfer_mode: 'refer',
    allowed_countries: ['US', 'CA'],
    preset: 'asterisk',
    country: 'US',
    region: 'us',
    codecs: ['PCMA', 'PCMU'],
    media_encryption: 'off',
    calls_per_second: 1,
    max_calls: 10,
  };
  const made = await makeOutboundTrunk(server, settings);
  const { status, body } = await server.request('GET', `${outboundPath}/${made.id}`);
  expect(status).toBe(200);
  expect(body).toEqual({
    ...made,
    ...settings,
    username: 'user',
    caller_number: '+15551234567',
    client_certificate: null,
    authority_certificates: null,
    client_certificate_expires_at: null,
    registration: null,
  });
});
