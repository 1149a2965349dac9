import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { outboundTrunks } from '../../../src/store/schema.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeOutboundTrunk, outboundPath } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const fourFields = {
  id: expect.stringMatching(/^[0-9a-f-]{36}$/),
  name: expect.any(String),
  created_at: expect.stringMatching(/Z$/),
  updated_at: expect.stringMatching(/Z$/),
};

test('answers the documented example with exactly the documented fields', async () => {
  const { status, body } = await server.request('POST', outboundPath, {
    body: {
      name: 'Twilio Outbound',
      host: 'sip.twilio.com',
      port: 5060,
      username: 'your-sip-username',
      password: 'your-sip-password',
      caller_number: '+15551234567',
      transport: 'udp',
    },
  });
  expect([status, body]).toEqual([200, { ...fourFields, name: 'Twilio Outbound' }]);
});

test('port and transport have their defaults; the password is sealed', async () => {
  const { id } = await makeOutboundTrunk(server, { password: 'hunter2 of the carrier' });
  const { body } = await server.request('GET', `${outboundPath}/${id}`);
  expect(body).toMatchObject({ port: 5060, transport: 'udp', username: 'user', caller_number: '+15551234567' });
  const [row] = await server.store.db.select().from(outboundTrunks).where(eq(outboundTrunks.id, id));
  expect(row?.passwordSealed).toMatch(/^v1\./);
  expect(JSON.stringify([row, body])).not.toContain('hunter2');
});

test('a carrier that knows us by our address needs no credentials', async () => {
  const { id } = await makeOutboundTrunk(server, { username: undefined, password: undefined });
  expect((await server.request('GET', `${outboundPath}/${id}`)).body).toMatchObject({ username: null });
});

test('an extension is a caller number where the trunk dials extensions', async () => {
  const { id } = await makeOutboundTrunk(server, { caller_number: '100', number_policy: 'extension' });
  expect((await server.request('GET', `${outboundPath}/${id}`)).body).toMatchObject({ caller_number: '100' });
});

test('a preset fills what is left unset', async () => {
  const { id } = await makeOutboundTrunk(server, {
    host: 'shop.pstn.sinch.com',
    preset: 'sinch',
    transport: 'tls',
    calls_per_second: 5,
  });
  expect((await server.request('GET', `${outboundPath}/${id}`)).body).toMatchObject({
    preset: 'sinch',
    port: 5061,
    transfer_mode: 'bridge',
    calls_per_second: 5,
  });
});

test('without a port TLS has its own', async () => {
  const { id } = await makeOutboundTrunk(server, { transport: 'tls' });
  expect((await server.request('GET', `${outboundPath}/${id}`)).body).toMatchObject({ port: 5061 });
});
