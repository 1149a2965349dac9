import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { certificate } from '../sip-certificate.ts';
import { makeTrunk, trunkPath } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({
    SIP_HOST: 'sip.example.com',
    SIP_REGIONS: 'us=sip-us.example.com,eu=sip-eu.example.com',
  });
});
afterAll(() => server.stop());

test('changes what is given and leaves the rest', async () => {
  const made = await makeTrunk(server, { phone_numbers: ['+12025550100'], country: 'DE' });
  const changes = {
    krisp_enabled: false,
    region: 'eu',
    allowed_ips: ['192.0.2.7', '198.51.100.0/24', '2001:db8::/32'],
    digest_algorithms: ['MD5', 'SHA-256'],
    codecs: ['PCMA'],
    media_encryption: 'require',
    calls_per_second: 2.5,
    max_calls: 30,
    fallback: 'reject',
    no_agent_status: 503,
  };
  const { status, body } = await server.request('PATCH', trunkPath, { body: changes });
  expect(status).toBe(200);
  expect(body).toEqual({
    ...made,
    ...changes,
    country: 'DE',
    sip_endpoint: 'sip-eu.example.com',
    active_since: expect.any(String),
  });
  expect((await server.request('GET', trunkPath)).body).toEqual(body);
});

test('null takes a limit and the country away', async () => {
  const body = { max_calls: null, calls_per_second: null, country: null };
  expect((await server.request('PATCH', trunkPath, { body })).body).toMatchObject(body);
});

test('a region without a host of its own is told the common one', async () => {
  const { body } = await server.request('PATCH', trunkPath, { body: { region: 'apac' } });
  expect(body).toMatchObject({ region: 'apac', sip_endpoint: 'sip.example.com' });
});

test('a certificate is kept as it is given', async () => {
  const { body } = await server.request('PATCH', trunkPath, { body: { client_certificate: certificate } });
  expect(body).toMatchObject({
    client_certificate: certificate,
    client_certificate_expires_at: '2126-10-27T11:01:11.000Z',
  });
});
