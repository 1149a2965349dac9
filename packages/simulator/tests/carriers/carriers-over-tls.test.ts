import {
  audioOffer,
  createSipEndpoint,
  makeSelfSignedCertificate,
  negotiateAudio,
  type SipEndpoint,
} from '@dialplane/sip';
import { expect, onTestFinished, test } from 'vitest';
import { carrierBehaviours, type DigestAlgorithm, type SimulatedCarrier, startCarrier } from '../../src/index.ts';

const account = { username: 'org_1', password: 'secret', numbers: ['+12025550100'] };
const certificate = makeSelfSignedCertificate({ names: ['127.0.0.1'], validFromMs: Date.now() - 1000, validDays: 1 });
const local = { address: '127.0.0.1', port: 40_000, codecs: ['PCMU'], sessionId: 1 } as const;
const keys = {
  tag: 1,
  suite: 'AES_CM_128_HMAC_SHA1_80',
  keyParameters: `inline:${Buffer.alloc(30, 7).toString('base64')}`,
  sessionParameters: [],
};

async function carrierLike(name: string, algorithms?: readonly DigestAlgorithm[]): Promise<SimulatedCarrier> {
  const behaviour = carrierBehaviours.find((one) => one.name === name);
  if (!behaviour) throw new Error(`There is no carrier ${name}.`);
  const challenge = algorithms ? { ...behaviour.challenge, algorithms } : behaviour.challenge;
  const tls = { key: certificate.privateKeyPem, cert: certificate.certificatePem };
  const carrier = await startCarrier({ behaviour: { ...behaviour, challenge }, account, tls });
  onTestFinished(() => carrier.close());
  return carrier;
}

async function openPhone(algorithms: readonly DigestAlgorithm[] = ['MD5']): Promise<SipEndpoint> {
  const endpoint = await createSipEndpoint({
    host: '127.0.0.1',
    port: 0,
    tls: { ...certificate, port: 0 },
    userAgent: 'phone',
    authentication: {
      realm: 'dialplane',
      nonceKey: new Uint8Array(32),
      findCredential: async () => ({ password: account.password, owner: 'trunk', algorithms }),
      algorithmsFor: () => algorithms,
    },
    onInvite(call) {
      const agreed = call.offer && negotiateAudio(call.offer, local);
      if (agreed) call.answer(agreed.answer);
      else call.refuse(488);
    },
  });
  onTestFinished(() => endpoint.close());
  return endpoint;
}

function dial(
  endpoint: SipEndpoint,
  carrier: SimulatedCarrier,
  transport: 'udp' | 'tls',
  sdp: string,
): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  endpoint.call({
    target: `sip:+12025550199@127.0.0.1:${transport === 'tls' ? carrier.tlsPort : carrier.port};transport=${transport}`,
    from: 'sip:+12025550100@127.0.0.1',
    sdp,
    credentials: account,
    tls: { authoritiesPem: certificate.certificatePem },
    handlers: { answered: () => resolve(200), refused: resolve },
  });
  return promise;
}

test('a call over TLS, through proxies that stay in its way', async () => {
  const endpoint = await openPhone();
  const carrier = await carrierLike('kamailio');
  const placed = await carrier.call({
    server: { host: '127.0.0.1', port: endpoint.tlsPort ?? 0, transport: 'tls' },
    to: '+12025550100',
    from: '+12025550199',
    credentials: account,
  });
  expect(placed.status).toBe(200);
  await placed.call?.hangup();
});

test('secure trunking refuses a call over TLS without keys for SRTP', async () => {
  const endpoint = await openPhone();
  const carrier = await carrierLike('twilio');
  expect(await dial(endpoint, carrier, 'tls', audioOffer(local))).toBe(488);
  expect(carrier.verdicts.at(-1)?.disliked).toBe('srtp_over_tls');
});

test('keys for SRTP pass the check of secure trunking', async () => {
  const endpoint = await openPhone();
  const carrier = await carrierLike('twilio');
  await dial(endpoint, carrier, 'tls', audioOffer({ ...local, crypto: [keys] }));
  expect(carrier.verdicts.map(({ disliked }) => disliked)).not.toContain('srtp_over_tls');
});

test.each(['MD5', 'SHA-256', 'SHA-512-256'] as const)('a call to a carrier that asks with %s', async (algorithm) => {
  const carrier = await carrierLike('telnyx', [algorithm]);
  expect(await dial(await openPhone(), carrier, 'udp', audioOffer(local))).toBe(200);
});

test('of several challenges the first that we speak is answered', async () => {
  const carrier = await carrierLike('telnyx', ['SHA-512-256', 'SHA-256', 'MD5']);
  expect(await dial(await openPhone(), carrier, 'udp', audioOffer(local))).toBe(200);
  const answers = carrier.verdicts.map(({ request }) => request.headers.get('Proxy-Authorization') ?? '');
  expect(answers.at(-1)).toContain('algorithm=SHA-512-256');
});

test.each(['MD5', 'SHA-256', 'SHA-512-256'] as const)(
  'a call from a carrier that we ask with %s',
  async (algorithm) => {
    const endpoint = await openPhone([algorithm]);
    const carrier = await carrierLike('sinch');
    const server = { host: '127.0.0.1', port: endpoint.port };
    const placed = await carrier.call({ server, to: '+12025550100', from: '+12025550199', credentials: account });
    expect(placed.status).toBe(200);
    await placed.call?.hangup();
  },
);
