import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({
    SIP_HOST: 'localhost',
    PUBLIC_ADDRESS: '192.0.2.1',
    SIP_REGIONS: 'eu=192.0.2.8',
    SIP_PORT: '5080',
    RTP_PORT_MIN: '30000',
    RTP_PORT_MAX: '30999',
  });
});
afterAll(() => server.stop());

test('what to allow in every region with a host of its own', async () => {
  const { status, body } = await server.request('GET', '/phone/sip/network');
  expect(status).toBe(200);
  const signalling = [
    { transport: 'udp', port: 5080 },
    { transport: 'tcp', port: 5080 },
    { transport: 'tls', port: 5081 },
  ];
  const rtp = { transport: 'udp', port_min: 30_000, port_max: 30_999 };
  expect(body).toEqual({
    regions: [
      { region: 'global', host: 'localhost', addresses: expect.arrayContaining(['192.0.2.1']), signalling, rtp },
      { region: 'eu', host: '192.0.2.8', addresses: ['192.0.2.8'], signalling, rtp },
    ],
    tls_certificate: null,
  });
});

test('a host that DNS does not know has no addresses yet', async () => {
  const elsewhere = await startTestServer({ SIP_REGIONS: 'us=sip.invalid' });
  const { body } = await elsewhere.request<{ regions: { region: string; addresses: string[] }[] }>(
    'GET',
    '/phone/sip/network',
  );
  expect(body.regions).toMatchObject([
    { region: 'global', addresses: ['127.0.0.1'] },
    { region: 'us', addresses: [] },
  ]);
  await elsewhere.stop();
});
