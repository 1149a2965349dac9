import { X509Certificate } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { outboundTrunks } from '../../../src/store/schema.ts';
import { findOutgoingTrunk } from '../../../src/telephony/outgoing-trunk.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeOutboundTrunk, outboundPath } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ SIP_HOST: 'sip.example.com' });
});
afterAll(() => server.stop());

interface CertificateBody {
  readonly client_certificate: string;
  readonly client_certificate_expires_at: string;
  readonly fingerprint: string;
}

test('a certificate is made for the carrier, and its key stays here, sealed', async () => {
  const { id } = await makeOutboundTrunk(server, { transport: 'tls', port: 5061 });
  const path = `${outboundPath}/${id}`;
  const { status, body } = await server.request<CertificateBody>('POST', `${path}/client-certificate`, { body: {} });
  expect(status).toBe(200);
  const certificate = new X509Certificate(body.client_certificate);
  expect([certificate.subject, certificate.fingerprint256]).toEqual(['CN=sip.example.com', body.fingerprint]);
  expect(JSON.stringify(body)).not.toContain('PRIVATE KEY');
  expect((await server.request('GET', path)).body).toMatchObject({
    client_certificate: body.client_certificate,
    client_certificate_expires_at: body.client_certificate_expires_at,
  });

  const [stored] = await server.store.db.select().from(outboundTrunks).where(eq(outboundTrunks.id, id));
  expect(stored?.clientKeySealed).not.toContain('PRIVATE KEY');
  const trunk = await findOutgoingTrunk(server.store.db, server.secrets, server.acme.id, null);
  expect(trunk?.tls?.certificatePem).toBe(body.client_certificate);
  expect(trunk?.tls?.privateKeyPem).toContain('PRIVATE KEY');
});

test('with a name and a time of its own', async () => {
  const { id } = await makeOutboundTrunk(server);
  const { body } = await server.request<CertificateBody>('POST', `${outboundPath}/${id}/client-certificate`, {
    body: { common_name: 'pbx.example', valid_days: 30 },
  });
  expect(new X509Certificate(body.client_certificate).subject).toBe('CN=pbx.example');
  const days = (Date.parse(body.client_certificate_expires_at) - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(29);
  expect(days).toBeLessThanOrEqual(30);
});
