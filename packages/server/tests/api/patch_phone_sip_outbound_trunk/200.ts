import { makeSelfSignedCertificate } from '@dialplane/sip';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { outboundTrunks } from '../../../src/store/schema.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeOutboundTrunk, type NamedBody, outboundPath } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('the name alone, and all else stays', async () => {
  const made = await makeOutboundTrunk(server, { port: 5070 });
  const path = `${outboundPath}/${made.id}`;
  const before = await server.request<object>('GET', path);
  const { status, body } = await server.request<NamedBody>('PATCH', path, { body: { name: 'Renamed' } });
  expect([status, body]).toEqual([200, { ...made, name: 'Renamed', updated_at: expect.any(String) }]);
  const after = await server.request('GET', path);
  expect(after.body).toEqual({ ...before.body, name: 'Renamed', updated_at: body.updated_at });
});

test('settings and credentials', async () => {
  const path = `${outboundPath}/${(await makeOutboundTrunk(server)).id}`;
  const changes = {
    host: 'b.example',
    caller_number: '(202) 555-0111',
    transport: 'tcp',
    username: 'new',
    password: 'p',
  };
  expect((await server.request('PATCH', path, { body: changes })).status).toBe(200);
  const now = { host: 'b.example', caller_number: '+12025550111', transport: 'tcp', username: 'new' };
  expect((await server.request('GET', path)).body).toMatchObject(now);
  await server.request('PATCH', path, { body: { username: null, password: null } });
  expect((await server.request('GET', path)).body).toMatchObject({ username: null });
});

test('a client certificate with its key, which is sealed and never told', async () => {
  const made = makeSelfSignedCertificate({ names: ['pbx.example'], validFromMs: Date.UTC(2026, 0, 1), validDays: 365 });
  const { id } = await makeOutboundTrunk(server, { transport: 'tls', port: 5061 });
  const path = `${outboundPath}/${id}`;
  const body = { client_certificate: made.certificatePem, client_key: made.privateKeyPem };
  expect((await server.request('PATCH', path, { body })).status).toBe(200);
  const { body: shown } = await server.request('GET', path);
  expect(shown).toMatchObject({
    client_certificate: made.certificatePem,
    client_certificate_expires_at: '2027-01-01T00:00:00.000Z',
  });
  expect(JSON.stringify(shown)).not.toContain('PRIVATE KEY');
  const [stored] = await server.store.db.select().from(outboundTrunks).where(eq(outboundTrunks.id, id));
  expect(JSON.stringify(stored)).not.toContain('PRIVATE KEY');
  await server.request('PATCH', path, { body: { client_certificate: null } });
  expect((await server.request('GET', path)).body).toMatchObject({ client_certificate: null });
  const [cleared] = await server.store.db.select().from(outboundTrunks).where(eq(outboundTrunks.id, id));
  expect(cleared?.clientKeySealed).toBeNull();
});

test('authorities of the carrier’s own, one below the other', async () => {
  const authority = (name: string) =>
    makeSelfSignedCertificate({ names: [name], validFromMs: Date.UTC(2026, 0, 1), validDays: 365 }).certificatePem;
  const body = { authority_certificates: `${authority('one.example')}${authority('two.example')}` };
  const path = `${outboundPath}/${(await makeOutboundTrunk(server, { transport: 'tls' })).id}`;
  expect((await server.request('PATCH', path, { body })).status).toBe(200);
  expect((await server.request('GET', path)).body).toMatchObject(body);
  await server.request('PATCH', path, { body: { authority_certificates: null } });
  expect((await server.request('GET', path)).body).toMatchObject({ authority_certificates: null });
});
