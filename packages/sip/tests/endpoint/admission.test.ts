import { describe, expect, it } from 'vitest';
import type { IncomingCall, SipEndpoint, SipEndpointOptions, SourcePolicy } from '../../src/index.ts';
import { authentication, offer, openEndpoint } from '../support/endpoints.ts';
import { fastClock } from '../support/fake-clock.ts';
import {
  authorizationFor,
  type Heard,
  openUdpPeer,
  type RawPeer,
  type RequestText,
  requestText,
} from '../support/raw-peer.ts';

const sdpType = 'Content-Type: application/sdp';

/** An endpoint that only notes its calls, and a peer that can say anything to it. */
async function setting(options: Partial<SipEndpointOptions> = {}) {
  const calls: IncomingCall[] = [];
  const refusals: { code: string; status: number }[] = [];
  const endpoint = await openEndpoint({
    authentication,
    onInvite: (call) => calls.push(call),
    onRefused: ({ code, status }) => refusals.push({ code, status }),
    ...options,
  });
  return { calls, refusals, endpoint, peer: await openUdpPeer(endpoint.port) };
}

type Draft = Omit<RequestText, 'port'>;

/** Sends a request, and once more with the answer to its challenge. */
async function authenticated(peer: RawPeer, draft: Draft): Promise<Heard> {
  const { method = 'INVITE', sequence = 1 } = draft;
  peer.send(requestText({ ...draft, port: peer.port }));
  const challenge = await peer.next(({ status }) => status === 401);
  peer.send(requestText({ ...draft, method: 'ACK', sequence, branch: 'z9hG4bK-ack', port: peer.port }));
  const authorization = authorizationFor(challenge.header('WWW-Authenticate'), method);
  const headers = [...(draft.headers ?? []), authorization];
  peer.send(requestText({ ...draft, headers, sequence: sequence + 1, port: peer.port }));
  return peer.next(({ status }) => status > 100);
}

describe('admission', () => {
  it('challenges a stranger with a realm, a fresh nonce and qop', async () => {
    const { peer, calls } = await setting();
    peer.send(requestText({ callId: 'a', port: peer.port }));
    const challenge = (await peer.next()).header('WWW-Authenticate');
    expect(challenge).toMatch(/^Digest realm="dialplane", nonce="[\w-]{30,40}", algorithm=MD5, qop="auth"$/);
    expect(calls).toEqual([]);
  });

  it('answers 100 at once, before the credentials are looked up', async () => {
    const lookup = Promise.withResolvers<undefined>();
    const { peer } = await setting({ authentication: { ...authentication, findCredential: () => lookup.promise } });
    peer.send(
      requestText({
        callId: 'a',
        port: peer.port,
        headers: [authorizationFor('realm="dialplane", nonce="x"', 'INVITE')],
      }),
    );
    expect((await peer.next()).status).toBe(100);
    lookup.resolve(undefined);
    expect((await peer.next()).status).toBe(403);
  });

  it('asks again with stale=true after the nonce has expired', async () => {
    const { peer } = await setting({ authentication: { ...authentication, nonceLifetimeMs: 0 } });
    const answer = await authenticated(peer, { callId: 'a' });
    expect(answer.status).toBe(401);
    expect(answer.header('WWW-Authenticate')).toContain('stale=true');
  });

  it('answers 503 when the credentials are not there in three seconds, and that is final', async () => {
    const found = Promise.withResolvers<undefined>();
    const calls: IncomingCall[] = [];
    const { endpoint, peer } = await setting({
      authentication: { ...authentication, findCredential: () => found.promise },
      clock: fastClock(50),
      onInvite: (call) => calls.push(call),
    });
    peer.send(
      requestText({
        callId: 'hung',
        headers: [authorizationFor('realm="dialplane", nonce="x"', 'INVITE')],
        port: peer.port,
      }),
    );
    const answer = await peer.next(({ status }) => status > 100);
    expect([answer.status, answer.header('Retry-After')]).toEqual([503, '30']);
    found.resolve(undefined);
    expect(endpoint.activeCalls).toBe(0);
    expect(calls).toEqual([]);
  });

  it('answers 503 when the credentials cannot be read', async () => {
    const { peer, refusals } = await setting({
      authentication: { ...authentication, findCredential: () => Promise.reject(new Error('store is down')) },
    });
    expect((await authenticated(peer, { callId: 'a' })).status).toBe(503);
    expect(refusals).toEqual([{ code: 'credentials_unavailable', status: 503 }]);
  });

  it.each<[string, Draft, number, string, string]>([
    ['another method', { callId: 'a', method: 'PUBLISH' }, 405, 'Server', 'test'],
    ['an extension', { callId: 'a', headers: ['Require: sec-agree, x-y'] }, 420, 'Unsupported', 'sec-agree, x-y'],
    [
      'another body',
      { callId: 'a', headers: ['Content-Type: text/plain'], body: 'hello' },
      415,
      'Accept',
      'application/sdp, multipart/mixed',
    ],
    [
      'a packed body',
      { callId: 'a', headers: [sdpType, 'Content-Encoding: gzip'], body: 'x' },
      415,
      'Accept-Encoding',
      'identity',
    ],
    ['an answer we cannot write', { callId: 'a', headers: ['Accept: text/plain'] }, 406, 'Server', 'test'],
    ['a body that is no SDP', { callId: 'a', headers: [sdpType], body: 'hello' }, 400, 'Server', 'test'],
    ['a list that cannot be read', { callId: 'a', headers: ['Require: "'] }, 400, 'Server', 'test'],
  ])('refuses %s, after authentication', async (_, draft, status, name, value) => {
    const { peer, calls, refusals } = await setting();
    const answer = await authenticated(peer, draft);
    expect([answer.status, answer.header(name)]).toEqual([status, value]);
    expect(answer.header('Warning')).toMatch(/^399 dialplane "/);
    expect(refusals).toMatchObject([{ status }]);
    expect(calls).toEqual([]);
  });

  /** Each request has every fault from its own row on; the first one counts (order of checks). */
  it.each<[string, number, { hops?: number; isKnown?: boolean; method?: string; require?: string; type?: string }]>([
    ['hops before the sender', 483, { hops: 0, method: 'PUBLISH', require: 'x-y', type: 'text/plain' }],
    ['the sender before the method', 401, { method: 'PUBLISH', require: 'x-y', type: 'text/plain' }],
    ['the method before Require', 405, { isKnown: true, method: 'PUBLISH', require: 'x-y', type: 'text/plain' }],
    ['Require before the body', 420, { isKnown: true, require: 'x-y', type: 'text/plain' }],
    ['the body before what it says', 415, { isKnown: true, type: 'text/plain' }],
  ])('checks %s', async (_, status, { hops = 70, isKnown = false, method = 'INVITE', require, type }) => {
    const sourcePolicy: SourcePolicy = {
      isListed: () => isKnown,
      identify: () => (isKnown ? { kind: 'known', owner: 'trunk-1', style: 'ip' } : undefined),
    };
    const { peer } = await setting({ sourcePolicy });
    const headers = [`Content-Type: ${type}`, ...(require === undefined ? [] : [`Require: ${require}`])];
    const text = requestText({ callId: 'a', method, headers, body: 'no SDP', port: peer.port });
    peer.send(text.replace('Max-Forwards: 70', `Max-Forwards: ${hops}`));
    expect((await peer.next((heard) => heard.status > 100)).status).toBe(status);
  });

  it('says what is spoken here when it refuses a method', async () => {
    const { peer } = await setting();
    const allow = (await authenticated(peer, { callId: 'a', method: 'PUBLISH' })).header('Allow').split(', ');
    expect(allow).toEqual(expect.arrayContaining(['INVITE', 'ACK', 'CANCEL', 'BYE', 'OPTIONS', 'UPDATE']));
    expect(allow).not.toContain('PUBLISH');
  });

  it('refuses 0 hops, but answers the probe of a route', async () => {
    const { peer } = await setting();
    const noHops = (method: string) =>
      requestText({ callId: method, method, port: peer.port }).replace('Max-Forwards: 70', 'Max-Forwards: 0');
    peer.send(noHops('INVITE'));
    expect((await peer.next()).status).toBe(483);
    peer.send(noHops('OPTIONS'));
    expect((await peer.next(({ callId }) => callId === 'OPTIONS')).status).toBe(200);
  });

  it('answers OPTIONS without credentials', async () => {
    const { peer } = await setting();
    peer.send(requestText({ callId: 'a', method: 'OPTIONS', port: peer.port }));
    const answer = await peer.next();
    expect(answer.status).toBe(200);
    expect(answer.header('Allow')).toContain('INVITE');
    expect(answer.header('Accept')).toContain('application/sdp');
    expect(answer.text).toContain('\r\nSupported:');
    expect(answer.header('To')).toMatch(/;tag=/);
  });

  it.each(['BYE', 'UPDATE', 'INFO', 'INVITE'])('answers 481 to %s of a dialog that is not here', async (method) => {
    const { peer } = await setting();
    peer.send(requestText({ callId: 'gone', method, toTag: 'gone', port: peer.port }));
    expect((await peer.next()).status).toBe(481);
  });

  it('drops stray ACKs and responses', async () => {
    const { peer } = await setting();
    peer.send(requestText({ callId: 'a', method: 'ACK', toTag: 'x', port: peer.port }));
    peer.send(
      `SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 127.0.0.1:${peer.port};branch=z9hG4bK-no\r\nFrom: <sip:a@h>;tag=1\r\nTo: <sip:b@h>;tag=2\r\nCall-ID: a\r\nCSeq: 1 INVITE\r\n\r\n`,
    );
    expect(await peer.during(100)).toEqual([]);
  });

  it('refuses the copy of a call that came another way with 482', async () => {
    const { peer, calls } = await setting();
    peer.send(requestText({ callId: 'twice', port: peer.port }));
    const challenge = await peer.next();
    const headers = [sdpType, authorizationFor(challenge.header('WWW-Authenticate'), 'INVITE')];
    for (const branch of ['z9hG4bK-way1', 'z9hG4bK-way2']) {
      peer.send(requestText({ callId: 'twice', sequence: 2, branch, headers, body: offer, port: peer.port }));
    }
    const copy = await peer.next(({ status }) => status === 482);
    expect(copy.header('Via')).toContain('z9hG4bK-way2');
    expect(calls).toHaveLength(1);
  });

  it('turns new calls and probes away when told to', async () => {
    const { peer, endpoint } = await setting();
    endpoint.refuseNewCalls();
    for (const method of ['INVITE', 'OPTIONS']) {
      peer.send(requestText({ callId: method, method, port: peer.port }));
      const answer = await peer.next(({ callId }) => callId === method);
      expect([answer.status, answer.header('Retry-After')]).toEqual([503, '30']);
    }
  });

  it('answers to the real source and says what it is (RFC 3581)', async () => {
    const { peer } = await setting();
    peer.send(
      requestText({ callId: 'nat', method: 'OPTIONS', via: 'SIP/2.0/UDP 10.1.2.3:5060;rport', port: peer.port }),
    );
    const answer = await peer.next();
    expect(answer.header('Via')).toBe(
      `SIP/2.0/UDP 10.1.2.3:5060;rport=${peer.port};branch=${/branch=([^;]+)/.exec(answer.header('Via'))?.[1]};received=127.0.0.1`,
    );
  });

  it('answers to the port in the Via of a peer that knows its address and asks for no rport', async () => {
    const { peer, endpoint } = await setting();
    const other = await openUdpPeer(endpoint.port);
    peer.send(
      requestText({
        callId: 'no-rport',
        method: 'OPTIONS',
        via: `SIP/2.0/UDP 127.0.0.1:${other.port}`,
        port: peer.port,
      }),
    );
    expect((await other.next()).status).toBe(200);
  });

  it('reports every message both ways', async () => {
    const seen: string[] = [];
    const { peer } = await setting({
      onMessage: ({ direction, bytes }) => seen.push(`${direction} ${bytes.toString().split(' ')[0]}`),
    });
    peer.send(requestText({ callId: 'a', method: 'OPTIONS', port: peer.port }));
    await peer.next();
    expect(seen).toEqual(['in OPTIONS', 'out SIP/2.0']);
  });

  it('survives observers that throw', async () => {
    const fail = () => {
      throw new Error('boom');
    };
    const { peer } = await setting({ onMessage: fail, onRefused: fail });
    peer.send(requestText({ callId: 'a', method: 'BYE', port: peer.port }));
    expect((await peer.next()).status).toBe(481);
  });

  it('listens on IPv6 and says so in its headers', async () => {
    const callee: SipEndpoint = await openEndpoint({
      host: '::1',
      authentication,
      onInvite: (call) => call.refuse(486),
    });
    const caller = await openEndpoint({ host: '::1' });
    const refused = Promise.withResolvers<string>();
    caller.call({
      target: `sip:+12025550100@[::1]:${callee.port}`,
      from: 'sip:a@[::1]',
      credentials: { username: 'trunk', password: 'secret' },
      sdp: offer,
      handlers: { refused: (status, _, response) => refused.resolve(`${status} ${response?.via.host}`) },
    });
    expect(await refused.promise).toBe('486 ::1');
  });
});
