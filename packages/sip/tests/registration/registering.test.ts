import { describe, expect, it } from 'vitest';
import {
  type DigestAlgorithm,
  type IncomingCall,
  parseNameAddr,
  type RegistrationSnapshot,
  type SipEndpoint,
  type SipEndpointOptions,
} from '../../src/index.ts';
import { answerFor, authentication, openEndpoint } from '../support/endpoints.ts';
import { fastClock } from '../support/fake-clock.ts';
import { openLossyLink } from '../support/lossy-link.ts';
import { placeCall } from '../support/place-call.ts';
import { authorizationFor, type Heard, openTcpPeer, openUdpPeer, requestText } from '../support/raw-peer.ts';
import { startRegistration } from '../support/registering.ts';
import { certificateFor } from '../support/tls.ts';

const certificate = certificateFor();

/** A registrar for the test trunk, which answers every call. */
async function openRegistrar(options: Partial<SipEndpointOptions> = {}) {
  const told: string[] = [];
  const calls: IncomingCall[] = [];
  const registrar = await openEndpoint({
    authentication,
    tls: { port: 0, ...certificate },
    registrar: {
      registered: (_, kind) => told.push(kind),
      unregistered: (_, reason) => told.push(reason),
    },
    ...answering(calls),
    ...options,
  });
  return { registrar, told, calls };
}

function answering(calls: IncomingCall[]): Pick<SipEndpointOptions, 'onInvite'> {
  return {
    onInvite: (call) => {
      calls.push(call);
      call.answer(answerFor(call));
    },
  };
}

function uriOf(registrar: SipEndpoint, transport: 'udp' | 'tcp' | 'tls', host = '127.0.0.1'): string {
  const port = transport === 'tls' ? registrar.tlsPort : registrar.port;
  return `sip:${host}:${port};transport=${transport}`;
}

function answerTo(challenge: Heard): string {
  return authorizationFor(challenge.header('WWW-Authenticate'), 'REGISTER');
}

const tls = { authoritiesPem: certificate.certificatePem };

describe.each(['udp', 'tcp', 'tls'] as const)('a registration over %s', (transport) => {
  it('is called along its own flow, which tells whose the call is', async () => {
    const { registrar, told } = await openRegistrar();
    const calls: IncomingCall[] = [];
    // No credentials and no policy: whoever is not the registrar is refused.
    const client = await openEndpoint(answering(calls));
    const { registration, reached } = startRegistration(client, uriOf(registrar, transport), { tls });
    await reached('registered');
    expect(registration.status.registrar).toMatchObject({ transport, address: '127.0.0.1' });

    const [binding] = registrar.registeredUsers?.find('organisation-1') ?? [];
    if (!binding) throw new Error('nothing is registered');
    const { answered, call } = placeCall(registrar, binding.contact, {
      along: binding.flow,
      headers: { 'P-Called-Party-ID': '<sip:+12025550100@h>' },
    });
    await answered;
    expect(calls.map(({ owner, style }) => [owner, style])).toEqual([['carrier-trunk', 'registration']]);
    await call.hangup();

    // From the same host, but not from the registrar: another flow, or another name in the Request-URI.
    const stranger = await openEndpoint();
    const place = `127.0.0.1:${client.port};transport=${transport === 'tls' ? 'tcp' : transport}`;
    const refused = placeCall(stranger, `sip:guess@${place}`, { credentials: undefined });
    expect((await refused.refused).status).toBe(403);
    if (transport !== 'udp') {
      const contact = parseNameAddr(`<${binding.contact}>`).uri;
      const overheard = placeCall(stranger, `sip:${contact.user}@${place}`, { credentials: undefined });
      expect((await overheard.refused).status).toBe(403);
    }

    await registration.stop();
    expect(registrar.registeredUsers?.find('organisation-1')).toEqual([]);
    expect(told).toEqual(['new', 'removed']);
  });
});

describe('digest of a registration', () => {
  it.each<DigestAlgorithm>(['MD5', 'SHA-256', 'SHA-512-256'])('with %s', async (algorithm) => {
    const { registrar } = await openRegistrar({
      authentication: {
        ...authentication,
        algorithmsFor: () => ['MD5', 'SHA-256', 'SHA-512-256'],
        findCredential: async () => ({ password: 'secret', owner: 'organisation-1', algorithms: [algorithm] }),
      },
    });
    const heard: string[] = [];
    const client = await openEndpoint({ onMessage: ({ bytes }) => heard.push(bytes.toString()) });
    const { reached, registration } = startRegistration(client, uriOf(registrar, 'udp'));
    await reached('registered');
    // The strongest of all first, then, when the registrar knows the user, what this one may use.
    const answers = heard.map((text) => /^REGISTER.*algorithm=([\w-]+)/s.exec(text)?.[1]).filter(Boolean);
    expect(answers.at(-1)).toBe(algorithm);
    expect(answers[0]).toBe('SHA-512-256');
    await registration.stop();
    // The nonce of the registration was good for the farewell, too.
    expect(heard.filter((text) => text.startsWith('SIP/2.0 401'))).toHaveLength(algorithm === 'SHA-512-256' ? 1 : 2);
  });
});

describe('a registration that loses its connection', () => {
  it('is not registered any more, and tries again', async () => {
    const { registrar, told } = await openRegistrar();
    const client = await openEndpoint();
    const { reached, registration } = startRegistration(client, uriOf(registrar, 'tcp'));
    await reached('registered');
    await registrar.close();
    await reached('waiting');
    expect(registration.status.lastError?.code).toBe('unreachable');
    expect(registration.status.expiresAtMs).toBeUndefined();
    expect(told).toEqual(['new']);
  });
});

describe('a registration in another process', () => {
  it('goes on from its snapshot, and takes the Contact of the former address back', async () => {
    const { registrar, told } = await openRegistrar();
    const before = startRegistration(await openEndpoint(), uriOf(registrar, 'udp'));
    await before.reached('registered');
    const snapshot: RegistrationSnapshot = JSON.parse(JSON.stringify(before.registration.snapshot()));
    const challenges: string[] = [];
    const next = await openEndpoint({
      onMessage: ({ bytes }) => {
        if (bytes.toString().startsWith('SIP/2.0 401')) challenges.push('401');
      },
    });
    const after = startRegistration(next, uriOf(registrar, 'udp'), { snapshot });
    await after.reached('registered');
    const bindings = registrar.registeredUsers?.find('organisation-1') ?? [];
    expect(bindings.map(({ contact }) => contact)).toEqual([`sip:${snapshot.token}@127.0.0.1:${next.port}`]);
    expect(told).toEqual(['new', 'removed', 'new']);
    // The nonce of the former process was good enough.
    expect(challenges).toEqual([]);
  });
});

describe('a registration over a bad line', () => {
  it.each([10, 30])('survives %s percent of loss', async (lossPercent) => {
    const { registrar } = await openRegistrar({ clock: fastClock(20) });
    const link = await openLossyLink(registrar.port, { lossPercent, duplicatePercent: 10, reorderPercent: 10 });
    const client = await openEndpoint({ clock: fastClock(20) });
    const { reached, registration } = startRegistration(client, `sip:127.0.0.1:${link.port}`);
    await reached('registered');
    await registration.stop();
    expect(registrar.registeredUsers?.find('organisation-1')).toEqual([]);
  });
});

describe('registrar', () => {
  it('takes nothing from a stranger', async () => {
    const { registrar } = await openRegistrar();
    const client = await openEndpoint();
    const { reached, registration } = startRegistration(client, uriOf(registrar, 'udp'), {
      credentials: { username: 'trunk', password: 'guess' },
    });
    await reached('refused');
    expect(registration.status.lastError).toMatchObject({ code: 'forbidden', status: 403 });
    expect(registrar.registeredUsers?.snapshot()).toEqual([]);
  });

  it('answers 405 to REGISTER where nobody may register', async () => {
    const endpoint = await openEndpoint({ authentication });
    const { reached, registration } = startRegistration(await openEndpoint(), uriOf(endpoint, 'udp'));
    await reached('refused');
    expect(registration.status.lastError?.status).toBe(405);
  });

  it('forgets what came over a connection when that ends, and is told what expires', async () => {
    const { registrar, told } = await openRegistrar({ clock: fastClock(10) });
    const peer = await openTcpPeer(registrar.port);
    const register = async (headers: string[]) => {
      const draft = { method: 'REGISTER', callId: 'a', port: peer.port, transport: 'TCP', headers };
      peer.send(requestText(draft));
      const challenge = await peer.next(({ status }) => status === 401);
      peer.send(requestText({ ...draft, sequence: 2, headers: [...headers, answerTo(challenge)] }));
      return peer.next(({ status }) => status === 200);
    };
    expect((await register(['Supported: path', 'Path: <sip:edge;lr>'])).header('Path')).toBe('<sip:edge;lr>');
    expect(registrar.registeredUsers?.find('organisation-1')).toHaveLength(1);
    peer.end();
    await peer.closed;
    await expect.poll(() => told).toEqual(['new', 'flow_lost']);
  });

  it('keeps the NAT in front of a PBX open (RFC 5626 4.4)', async () => {
    const { registrar } = await openRegistrar({ clock: fastClock(200) });
    const peer = await openUdpPeer(registrar.port);
    const draft = { method: 'REGISTER', callId: 'a', port: peer.port };
    peer.send(requestText(draft));
    const challenge = await peer.next(({ status }) => status === 401);
    peer.send(requestText({ ...draft, sequence: 2, headers: [answerTo(challenge)] }));
    await peer.next(({ status }) => status === 200);
    expect((await peer.next(({ text }) => text === '\r\n\r\n')).text).toBe('\r\n\r\n');
  });
});
