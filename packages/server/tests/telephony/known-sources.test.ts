/** Who may call without a password, on a real database and over real sockets. */
import { X509Certificate } from 'node:crypto';
import { type CallService, createCallService } from '@dialplane/calls';
import { createSipEndpoint, type Flow, parseMessage, type SipEndpoint, type SipRequest } from '@dialplane/sip';
import type { Synthesiser } from '@dialplane/speech';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inboundTrunks, sipRefusals } from '../../src/store/schema.ts';
import { createCallDirectory } from '../../src/telephony/call-directory.ts';
import { type KnownSources, openKnownSources } from '../../src/telephony/known-sources.ts';
import { createRefusalLog, type RefusalLog } from '../../src/telephony/refusal-log.ts';
import { createTrunkSightings } from '../../src/telephony/trunk-sightings.ts';
import { certificate } from '../api/sip-certificate.ts';
import { type FakeProvider, providerEnvironment, startFakeProvider } from '../hosted-numbers/fake-provider.ts';
import { startTestServer, type TestServer } from '../test-server.ts';
import { silentLog } from '../test-store.ts';

/** Numbers of `acme` and `other`, and one that `acme` buys. */
const [acmes, others, hosted] = ['+12025550100', '+12025550122', '+12025550140'];
const carrierAddress = '203.0.113.9';

let provider: FakeProvider;
let server: TestServer;
let sources: KnownSources;
const trunkIds = { acme: '', other: '' };

beforeAll(async () => {
  provider = await startFakeProvider();
  server = await startTestServer({ ...providerEnvironment(provider, 'both'), SIP_PORT: '5080' });
  const trunk = async (key: string, number: string) =>
    (
      await server.request<{ id: string }>('POST', '/phone/sip/inbound-trunk', {
        key,
        body: { phone_numbers: [number], allowed_ips: ['203.0.113.0/24'] },
      })
    ).body.id;
  trunkIds.acme = await trunk(server.acme.key, acmes);
  trunkIds.other = await trunk(server.other.key, others);
  sources = await openKnownSources({ db: server.store.db, log: silentLog });
});
afterAll(async () => {
  sources.close();
  await server.stop();
  await provider.close();
});

function inviteFor(called: string): SipRequest {
  const lines = [
    `INVITE sip:${called}@sip.example.com SIP/2.0`,
    'Via: SIP/2.0/UDP 203.0.113.9;branch=z9hG4bK1',
    'From: <sip:+12025550199@carrier.example>;tag=a',
    `To: <sip:${called}@sip.example.com>`,
    'Call-ID: a',
    'CSeq: 1 INVITE',
  ];
  const message = parseMessage(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`));
  if (message.kind !== 'request') throw new Error('no request');
  return message;
}

const from = (remoteAddress: string): Flow => ({ transport: 'udp', remoteAddress, remotePort: 5060 });

test('a stranger is known by nothing, and told so without asking the database', () => {
  expect(sources.isListed('198.51.100.1')).toBe(false);
  expect(sources.identify(inviteFor(acmes), from('198.51.100.1'))).toBeUndefined();
});

test.each([
  ['+12025550100', 'acme'],
  ['12025550100', 'acme'],
  ['2025550122', 'other'],
] as const)('two organisations list one address: %s decides for %s', async (called, organisation) => {
  expect(sources.isListed(carrierAddress)).toBe(true);
  expect(await sources.identify(inviteFor(called), from(carrierAddress))).toEqual({
    kind: 'known',
    owner: trunkIds[organisation],
    style: 'ip',
  });
});

test.each(['+12025550177', '100'])('nobody is guessed for %s', async (called) => {
  expect(await sources.identify(inviteFor(called), from(carrierAddress))).toEqual({
    kind: 'ambiguous',
    reason: `${called} is no verified number of an organisation that lists this source`,
  });
});

test('an address on the list of one organisation does not reach the numbers of another', async () => {
  const { db } = server.store;
  await db
    .update(inboundTrunks)
    .set({ allowedIps: ['192.0.2.7'] })
    .where(eq(inboundTrunks.id, trunkIds.other));
  await sources.refresh();
  const kindOf = async (called: string) => (await sources.identify(inviteFor(called), from('192.0.2.7')))?.kind;
  expect([await kindOf(others), await kindOf(acmes)]).toEqual(['known', 'ambiguous']);
});

test('a client certificate is a trunk’s, wherever it comes from', async () => {
  const { db } = server.store;
  await db.update(inboundTrunks).set({ clientCertificate: certificate }).where(eq(inboundTrunks.id, trunkIds.acme));
  await sources.refresh();
  const { fingerprint256: fingerprint } = new X509Certificate(certificate);
  const shown = { fingerprint, sipUris: [], dnsNames: [], isTrusted: false };
  const flow: Flow = { ...from('198.51.100.1'), transport: 'tls', peerCertificate: shown };
  expect(sources.identify(inviteFor('100'), flow)).toEqual({
    kind: 'known',
    owner: trunkIds.acme,
    style: 'certificate',
  });
  const other = { ...flow, peerCertificate: { ...shown, fingerprint: '00:11' } };
  expect(sources.identify(inviteFor('100'), other)).toBeUndefined();
});

const shownBy = (pem: string): Flow => {
  const { fingerprint256: fingerprint } = new X509Certificate(pem);
  const peerCertificate = { fingerprint, sipUris: [], dnsNames: [], isTrusted: false };
  return { ...from('198.51.100.1'), transport: 'tls', peerCertificate };
};

test.each([
  // By address, by certificate; then the password from there, by certificate, and from anywhere else.
  ['either', 'known', 'known', [true, true, true]],
  ['digest', undefined, undefined, [true, true, true]],
  ['source', 'known', 'known', [false, false, false]],
  ['both', undefined, undefined, [true, true, false]],
] as const)('a trunk with authentication %s', async (authentication, byAddress, byCertificate, byPassword) => {
  const settings = { authentication, allowedIps: ['203.0.113.0/24'], clientCertificate: certificate };
  await server.store.db.update(inboundTrunks).set(settings).where(eq(inboundTrunks.id, trunkIds.acme));
  await server.store.db.update(inboundTrunks).set({ allowedIps: [] }).where(eq(inboundTrunks.id, trunkIds.other));
  await sources.refresh();
  const [listed, certified, stranger] = [from(carrierAddress), shownBy(certificate), from('198.51.100.1')];
  const kinds = await Promise.all([listed, certified].map((flow) => sources.identify(inviteFor(acmes), flow)));
  expect(kinds.map((verdict) => verdict?.kind)).toEqual([byAddress, byCertificate]);
  const taken = [listed, certified, stranger].map((flow) => sources.whyNotByPassword?.(trunkIds.acme, flow));
  expect(taken.map((why) => why === undefined)).toEqual(byPassword);
  // Whoever is on a list is spared by the guard in any case.
  expect([sources.isListed(carrierAddress), sources.isListed('198.51.100.1')]).toEqual([true, false]);
});

const silence: Synthesiser = {
  name: 'silence',
  voices: [],
  async *synthesise({ text, sampleRate }) {
    yield { samples: new Int16Array(sampleRate / 10), words: [{ from: 0, to: text.length, endSample: 1 }] };
  },
};

interface Ringing {
  readonly calls: CallService;
  readonly provider: SipEndpoint;
  readonly refusals: RefusalLog;
  call(number: string): Promise<number>;
  close(): Promise<void>;
}

/** Calls of a provider, which here has the address of this machine. */
async function providerThatCalls(): Promise<Ringing> {
  const { db } = server.store;
  const providers = await openKnownSources({
    db,
    log: silentLog,
    providerNetworks: { twilio: ['127.0.0.1/32'], telnyx: [] },
  });
  const { profiles, bus, model } = server.services;
  const refusals = createRefusalLog({ db, log: silentLog, batchMs: 10 });
  const directory = createCallDirectory({
    db,
    secrets: server.secrets,
    refusals,
    profiles,
    bus,
    regionOf: () => 'global',
    sightings: createTrunkSightings(db, silentLog),
  });
  const calls = await createCallService({
    host: '127.0.0.1',
    sipPort: 0,
    publicAddress: undefined,
    rtpPortMin: 30_100,
    rtpPortMax: 30_199,
    mediaThreads: 1,
    userAgent: 'test',
    realm: 'test',
    nonceKey: new Uint8Array(32),
    headerPrefix: 'X-OPENCX',
    sourcePolicy: providers,
    directory,
    engines: { recogniser: undefined, synthesiser: silence, model },
    log: silentLog,
  });
  const endpoint = await createSipEndpoint({ host: '127.0.0.1', port: 0, userAgent: 'twilio' });
  const sdp = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0', 'm=audio 35200 RTP/AVP 0', ''];
  return {
    calls,
    provider: endpoint,
    refusals,
    call: (called) =>
      new Promise((resolve) => {
        const call = endpoint.call({
          target: `sip:${called}@127.0.0.1:${calls.sipPort}`,
          from: 'sip:+12025550199@127.0.0.1',
          sdp: sdp.join('\r\n'),
          handlers: {
            answered: () => void call.hangup().then(() => resolve(200)),
            refused: (status) => resolve(status),
          },
        });
      }),
    close: async () => {
      await endpoint.close();
      await calls.close();
      await refusals.close();
      providers.close();
    },
  };
}

test('a hosted number rings: its provider calls from a published address, without a password', async () => {
  const agent = await server.request<{ id: string }>('POST', '/phone', {
    body: { name: 'Front desk', first_message: 'Hello.' },
  });
  const bought = await server.request('POST', '/phone/numbers/buy', {
    body: { phone_number: hosted, provider: 'twilio', phone_agent_id: agent.body.id },
  });
  expect(bought.status).toBe(200);
  const ringing = await providerThatCalls();
  expect(await ringing.call(hosted)).toBe(200);
  // A number of the organisation that the provider does not host, and a number of nobody, need credentials.
  expect(await ringing.call(acmes)).toBe(401);
  expect(await ringing.call('+12025550177')).toBe(401);
  await ringing.close();
  const rows = await server.store.db.select().from(sipRefusals);
  expect(rows.map(({ code }) => code)).toEqual([]);
});
