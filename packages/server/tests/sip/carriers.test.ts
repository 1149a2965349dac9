/** Trunks made from presets, on calls to and from a simulated carrier as strict as the real one. */
import { toneLevelDbfs } from '@dialplane/audio';
import { DialRefused } from '@dialplane/calls';
import { type CarrierOptions, carrierBehaviours, type SimulatedCarrier, startCarrier } from '@dialplane/simulator';
import { makeSelfSignedCertificate } from '@dialplane/sip';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { presets } from '../../src/sip/presets/presets.ts';
import { findOutgoingTrunk } from '../../src/telephony/outgoing-trunk.ts';
import { createTrunkRegistrations, type TrunkRegistrations } from '../../src/telephony/trunk-registrations.ts';
import { agentTrunkPath, makeOutboundTrunk, outboundPath, trunkPath } from '../api/sip-requests.ts';
import type { TrunkBody } from '../api/trunk-body.ts';
import { pickUpTelephone, saidHz, type Telephone, wordsToSay } from '../telephone.ts';
import { closeSharedStore, startTestServer, type TestServer } from '../test-server.ts';
import { silentLog } from '../test-store.ts';

const number = '+12025550100';
const callee = '+12025550199';
/** A call takes a second; a loaded machine takes longer. */
const patienceMs = 9000;
const credentials = { username: '101', password: 'secret' };

/** Who the customer of the preset's carrier is, and what its `host` looks like. */
const hosts: Readonly<Record<string, string>> = {
  twilio: 'shop.pstn.twilio.com',
  telnyx: 'sip.telnyx.com',
  plivo: '4711.zt.plivo.com',
  sinch: 'shop.pstn.sinch.com',
  wavix: 'nl.wavix.net',
};

let server: TestServer;
let telephone: Telephone;
let inbound: TrunkBody;
let registrations: TrunkRegistrations;
beforeAll(async () => {
  server = await startTestServer();
  // More ports than calls: one that was used rests for a while.
  telephone = await pickUpTelephone(server, { min: 21_000, max: 21_999 });
  inbound = (await server.request<TrunkBody>('GET', trunkPath)).body;
  const { store, secrets } = server;
  registrations = createTrunkRegistrations({ db: store.db, secrets, calls: telephone.calls, log: silentLog });
});
afterAll(async () => {
  await registrations.close();
  await telephone.close();
  await server.stop();
  await closeSharedStore();
});

async function carrierOf(name: string, options: Partial<CarrierOptions> = {}): Promise<SimulatedCarrier> {
  const behaviour = carrierBehaviours.find((one) => one.name === name);
  if (!behaviour) throw new Error(`There is no carrier ${name}.`);
  const account = { ...credentials, numbers: [number] };
  const carrier = await startCarrier({ behaviour, account, domain: hosts[name] ?? 'pbx.example', ...options });
  onTestFinished(() => carrier.close());
  return carrier;
}

/** A trunk of the API that leads to the carrier; registered, when it says so. */
async function trunkTo(carrier: SimulatedCarrier, name: string, fields: object) {
  const { id } = await makeOutboundTrunk(server, {
    host: hosts[name] ?? 'pbx.example',
    outbound_proxy: `127.0.0.1:${carrier.port}`,
    caller_number: number,
    ...credentials,
    ...fields,
  });
  await server.request('PUT', agentTrunkPath(telephone.agentId), { body: { trunk_id: id } });
  const { body } = await server.request<{ register: boolean }>('GET', `${outboundPath}/${id}`);
  await registrations.reconcile();
  if (body.register) await vi.waitFor(() => expect(carrier.isRegistered).toBe(true), patienceMs);
  onTestFinished(async () => {
    await server.request('PATCH', `${outboundPath}/${id}`, { body: { register: false } });
    await registrations.reconcile();
  });
  const trunk = await findOutgoingTrunk(server.store.db, server.secrets, server.acme.id, telephone.agentId);
  if (trunk?.id !== id) throw new Error('The trunk is not the one that the agent dials through.');
  return trunk;
}

type Trunk = Awaited<ReturnType<typeof trunkTo>>;

function dial(trunk: Trunk, called = callee) {
  const announcement = { voice: 'slt', sentences: [wordsToSay], pauseMs: 200, recordedAs: 'words' };
  return telephone.calls.dial({ trunk, called, agentId: telephone.agentId, announcement });
}

/** What the carrier says to the INVITE in the end, and what it dislikes in it. */
async function verdictOn(carrier: SimulatedCarrier, trunk: Trunk, called?: string) {
  const call = dial(trunk, called);
  const isFinal = ({ method, status, disliked }: SimulatedCarrier['verdicts'][number]) =>
    method === 'INVITE' && (disliked !== null || status === 200);
  const verdict = await vi.waitFor(() => {
    const found = carrier.verdicts.findLast(isFinal);
    if (!found) throw new Error('The carrier has not decided yet.');
    return found;
  }, patienceMs);
  await call.hangUp();
  return { status: verdict.status, disliked: verdict.disliked };
}

/** Of the tone that stands for words, in the tenth of a second where it is loudest. */
function loudestDbfs(heard: Int16Array): number {
  const tenths = Array.from({ length: Math.floor(heard.length / 800) }, (_, at) =>
    heard.subarray(at * 800, at * 800 + 800),
  );
  return Math.max(...tenths.map((tenth) => toneLevelDbfs(tenth, 8000, saidHz)));
}

test('every preset has a simulated carrier', () => {
  expect(carrierBehaviours.map(({ name }) => name)).toEqual(presets.map(({ name }) => name));
});

test('a call goes out to the carrier of every preset, and its sound arrives', async () => {
  const carriers = await Promise.all(presets.map(({ name }) => carrierOf(name)));
  for (const [at, carrier] of carriers.entries()) {
    const { name } = presets[at] ?? { name: '' };
    dial(await trunkTo(carrier, name, { preset: name }));
  }
  for (const carrier of carriers) {
    await vi.waitFor(() => expect(carrier.calls).toHaveLength(1), patienceMs);
    const [call] = carrier.calls;
    expect((await call?.ended)?.by).toBe('peer');
    expect(loudestDbfs(call?.media.heard() ?? new Int16Array())).toBeGreaterThan(-20);
    expect(carrier.verdicts.filter(({ disliked }) => disliked !== null)).toEqual([]);
  }
});

test.each(presets)('a call goes out to $name by TCP', async ({ name }) => {
  const carrier = await carrierOf(name);
  const trunk = await trunkTo(carrier, name, { preset: name, transport: 'tcp' });
  expect(await verdictOn(carrier, trunk)).toEqual({ status: 200, disliked: null });
  expect(carrier.verdicts.at(-1)?.request.via.transport).toBe('TCP');
});

test.each(presets)('a call comes in from $name, and an agent answers', async ({ name }) => {
  const carrier = await carrierOf(name);
  const { status, call } = await carrier.call({
    server: { host: '127.0.0.1', port: telephone.calls.sipPort },
    to: number,
    from: callee,
    credentials: { username: inbound.auth_username, password: inbound.auth_password },
  });
  expect(status).toBe(200);
  await vi.waitFor(() => expect(call?.media.receivedPackets).toBeGreaterThan(5), patienceMs);
  await call?.hangup();
});

test.each(['wavix', '3cx'])('a call from %s needs no password along our registration', async (name) => {
  const carrier = await carrierOf(name);
  await trunkTo(carrier, name, { preset: name });
  const { status, call } = await carrier.call({ to: number, from: callee });
  expect(status).toBe(200);
  await call?.hangup();
});

test.each(['twilio', 'plivo'])('a call from %s needs no password when its address is on the list', async (name) => {
  const carrier = await carrierOf(name);
  const call = { server: { host: '127.0.0.1', port: telephone.calls.sipPort }, to: number, from: callee };
  expect((await carrier.call(call)).status).toBe(401);
  await server.request('PATCH', trunkPath, { body: { allowed_ips: ['127.0.0.0/8'] } });
  await telephone.sources.refresh();
  const known = await carrier.call(call);
  expect(known.status).toBe(200);
  await known.call?.hangup();
  // The number of nobody: the address alone says too little.
  expect((await carrier.call({ ...call, to: '+12025550177' })).status).toBe(401);
  await server.request('PATCH', trunkPath, { body: { allowed_ips: [] } });
  await telephone.sources.refresh();
});

test.each([
  // With the password from a listed address, from elsewhere, and from a listed address without.
  ['either', [200, 200, 200]],
  ['digest', [200, 200, 401]],
  ['source', [200, 403, 200]],
  ['both', [200, 403, 401]],
] as const)('a trunk with authentication %s answers %j', async (authentication, statuses) => {
  const carrier = await carrierOf('asterisk');
  const here = { host: '127.0.0.1', port: telephone.calls.sipPort };
  const account = { username: inbound.auth_username, password: inbound.auth_password };
  const list = async (range: string) => {
    const body = { authentication, allowed_ips: [range] };
    expect((await server.request('PATCH', trunkPath, { body })).status).toBe(200);
    await telephone.sources.refresh();
  };
  const call = async (credentials?: typeof account) => {
    const attempt = await carrier.call({ server: here, to: number, from: callee, ...(credentials && { credentials }) });
    await attempt.call?.hangup();
    return attempt.status;
  };
  await list('127.0.0.0/8');
  const listed = await call(account);
  const withoutPassword = await call();
  await list('192.0.2.7');
  const elsewhere = await call(account);
  expect([listed, elsewhere, withoutPassword]).toEqual(statuses);
  await server.request('PATCH', trunkPath, { body: { authentication: 'either', allowed_ips: [] } });
  await telephone.sources.refresh();
});

test('a carrier with an authority of its own is called over TLS once the trunk has that', async () => {
  const made = makeSelfSignedCertificate({ names: ['localhost'], validFromMs: Date.now() - 60_000, validDays: 2 });
  const carrier = await carrierOf('asterisk', { tls: { key: made.privateKeyPem, cert: made.certificatePem } });
  const fields = { preset: 'asterisk', transport: 'tls', outbound_proxy: `localhost:${carrier.tlsPort}` };
  dial(await trunkTo(carrier, 'asterisk', { ...fields, media_encryption: 'off', register: false }));
  await vi.waitFor(async () => {
    const { body } = await server.request<{ items: { ending: { sentence: string } | null }[] }>(
      'GET',
      '/phone/calls?limit=1',
    );
    expect(body.items[0]?.ending?.sentence).toMatch(/localhost .* is vouched for by nobody we trust/);
  }, patienceMs);
  const trusting = { ...fields, media_encryption: 'off', authority_certificates: made.certificatePem, register: false };
  expect(await verdictOn(carrier, await trunkTo(carrier, 'asterisk', trusting))).toEqual({
    status: 200,
    disliked: null,
  });
  expect(carrier.verdicts.at(-1)?.request.via.transport).toBe('TLS');
});

test.each([
  ['wavix', 403, 'registered_first'],
  ['3cx', 403, 'from_user_is_account'],
  ['asterisk', 401, 'from_user_is_account'],
  ['freepbx', 401, 'from_user_is_account'],
  ['kamailio', 403, 'from_user_is_account'],
] as const)('%s refuses the same trunk without its preset', async (name, status, disliked) => {
  const carrier = await carrierOf(name);
  expect(await verdictOn(carrier, await trunkTo(carrier, name, {}))).toEqual({ status, disliked });
});

test.each([
  ['twilio', { number_policy: 'national' }, 404, 'e164_dialled'],
  ['telnyx', { number_policy: 'e164_no_plus' }, 404, 'e164_dialled'],
  ['plivo', { number_policy: 'prefix:00' }, 404, 'e164_dialled'],
  ['sinch', { from_domain: 'shop.example' }, 403, 'own_from_host'],
  ['sinch', { number_policy: 'e164_no_plus' }, 404, 'e164_dialled'],
  ['3cx', { register: false }, 403, 'registered_first'],
  ['kamailio', { from_domain: 'shop.example' }, 403, 'own_from_host'],
  ['kamailio', { number_policy: 'national' }, 404, 'international_dialled'],
] as const)('%s refuses a trunk that insists on %j', async (name, fields, status, disliked) => {
  const carrier = await carrierOf(name);
  const trunk = await trunkTo(carrier, name, { preset: name, ...fields });
  expect(await verdictOn(carrier, trunk)).toEqual({ status, disliked });
});

test.each([
  ['twilio', 1],
  ['telnyx', 20],
  ['plivo', 2],
  ['sinch', 1],
] as const)('%s never sees more than %i new calls in a second', async (name, most) => {
  const carrier = await carrierOf(name, { reaction: { status: 486, reason: 'Busy Here' } });
  const trunk = await trunkTo(carrier, name, { preset: name });
  for (let i = 0; i < most; i += 1) dial(trunk);
  expect(() => dial(trunk)).toThrow(DialRefused);
  await vi.waitFor(
    () => expect(carrier.verdicts.filter(({ status }) => status === 486)).toHaveLength(most),
    patienceMs,
  );
});

test('without the preset, twilio refuses the second call of a second', async () => {
  const carrier = await carrierOf('twilio');
  const trunk = await trunkTo(carrier, 'twilio', {});
  dial(trunk);
  dial(trunk);
  await vi.waitFor(() => expect(carrier.verdicts.at(-1)).toMatchObject({ status: 503, disliked: 'rate' }), patienceMs);
});

test.each(['3cx', 'asterisk', 'freepbx'])('%s is called at an extension, as an extension', async (name) => {
  const carrier = await carrierOf(name);
  const trunk = await trunkTo(carrier, name, { preset: name, caller_number: '101' });
  expect(await verdictOn(carrier, trunk, '100')).toEqual({ status: 200, disliked: null });
  expect(carrier.verdicts.at(-1)?.request.uri.text).not.toContain('+');
});

test('without the preset, a PBX is not called at an extension', async () => {
  const carrier = await carrierOf('asterisk');
  const trunk = await trunkTo(carrier, 'asterisk', {});
  expect(() => dial(trunk, '100')).toThrow(DialRefused);
});
