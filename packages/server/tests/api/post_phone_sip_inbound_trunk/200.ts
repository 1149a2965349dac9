import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inboundTrunks, phoneNumbers } from '../../../src/store/schema.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';
import type { TrunkBody } from '../trunk-body.ts';

let server: TestServer;
const path = '/phone/sip/inbound-trunk';
beforeAll(async () => {
  server = await startTestServer({ PUBLIC_ADDRESS: 'sip.example.com' });
});
afterAll(() => server.stop());

test('makes a trunk from the documented example', async () => {
  const { status, body } = await server.request<TrunkBody>('POST', path, {
    body: { phone_numbers: ['+15551234567', '(202) 555-0100', '+15551234567'], krisp_enabled: false },
  });
  expect(status).toBe(200);
  expect(body).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    sip_endpoint: 'sip.example.com',
    auth_username: expect.stringMatching(/^org_[0-9a-f]{16}$/),
    auth_password: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    phone_numbers: ['+15551234567', '+12025550100'],
    krisp_enabled: false,
    agent_id_header: 'X-OPENCX-AGENT-ID',
    country: null,
    region: 'global',
    codecs: ['PCMU', 'PCMA'],
    media_encryption: 'allow',
    client_certificate: null,
    client_certificate_expires_at: null,
    calls_per_second: null,
    max_calls: null,
    allowed_ips: [],
    authentication: 'either',
    digest_algorithms: ['MD5'],
    fallback: 'agent',
    no_agent_status: 480,
    last_seen: null,
    active_since: expect.stringMatching(/^20/),
  });

  const numbers = await server.store.db
    .select()
    .from(phoneNumbers)
    .where(eq(phoneNumbers.orgId, server.acme.id))
    .orderBy(phoneNumbers.phoneNumber);
  expect(numbers.map(({ phoneNumber, method, state }) => [phoneNumber, method, state])).toEqual([
    ['+12025550100', 'operator', 'verified'],
    ['+15551234567', 'operator', 'verified'],
  ]);
  const [stored] = await server.store.db.select().from(inboundTrunks).where(eq(inboundTrunks.orgId, server.acme.id));
  expect(JSON.stringify(stored)).not.toContain(body.auth_password);
});

test('needs no body at all, and takes all verified numbers of the organisation', async () => {
  const orgId = server.other.id;
  await server.store.db.insert(phoneNumbers).values([
    { orgId, phoneNumber: '+12025550111', method: 'inbound_call', state: 'verified' },
    { orgId, phoneNumber: '+12025550112', method: 'sms_code', state: 'pending' },
  ]);
  const { status, body } = await server.request('POST', path, { key: server.other.key });
  expect(status).toBe(200);
  expect(body).toMatchObject({ phone_numbers: ['+12025550111'], krisp_enabled: true });
});

test('names the port where it is not the usual one, and brackets an IPv6 address', async () => {
  const elsewhere = await startTestServer({ PUBLIC_ADDRESS: '2001:db8::1', SIP_PORT: '5080' });
  const { body } = await elsewhere.request('POST', path, { body: { krisp_enabled: true } });
  expect(body).toMatchObject({ sip_endpoint: '[2001:db8::1]:5080', phone_numbers: [] });
  await elsewhere.stop();
});

test('takes the settings of a trunk at once', async () => {
  const elsewhere = await startTestServer({ SIP_REGIONS: 'us=sip-us.example.com' });
  const settings = { country: 'GB', region: 'us', max_calls: 5, fallback: 'reject' };
  const { body } = await elsewhere.request('POST', path, { body: { ...settings, phone_numbers: ['020 7946 0018'] } });
  expect(body).toMatchObject({ ...settings, phone_numbers: ['+442079460018'], sip_endpoint: 'sip-us.example.com' });
  await elsewhere.stop();
});
