import { describe, expect, it, vi } from 'vitest';
import type { Ban, IncomingCall, Refusal, SipEndpointOptions, SourcePolicy } from '../../src/index.ts';
import { authentication, offer, openEndpoint } from '../support/endpoints.ts';
import { authorizationFor, openTcpPeer, openUdpPeer, type RawPeer, requestText } from '../support/raw-peer.ts';

/** An endpoint that watches loopback, too, and forgives nothing for long. */
async function setting(options: Partial<SipEndpointOptions> = {}) {
  const calls: IncomingCall[] = [];
  const refusals: Refusal[] = [];
  const bans: Ban[] = [];
  const endpoint = await openEndpoint({
    authentication,
    guard: { watchesPrivate: true, limits: { challengeMs: 50 } },
    onInvite: (call) => calls.push(call),
    onRefused: (refusal) => refusals.push(refusal),
    onSilenced: (ban) => bans.push(ban),
    ...options,
  });
  return { calls, refusals, bans, endpoint };
}

const wrongPassword = (peer: RawPeer, n: number) => {
  const headers = [authorizationFor('realm="dialplane", nonce="x"', 'INVITE').replace('"trunk"', '"admin"')];
  peer.send(requestText({ callId: `wrong-${n}`, headers, port: peer.port }));
};

const knownBy = (verdict: Awaited<ReturnType<SourcePolicy['identify']>>): SourcePolicy => ({
  isListed: () => verdict !== undefined,
  identify: () => Promise.resolve(verdict ?? { kind: 'ambiguous', reason: 'nobody' }),
});

describe('the guard of an endpoint', () => {
  it('answers wrong passwords with 403, and nothing any more after the tenth', async () => {
    const { endpoint, refusals, bans } = await setting();
    const peer = await openUdpPeer(endpoint.port);
    for (let i = 0; i < 10; i++) {
      wrongPassword(peer, i);
      expect((await peer.next(({ status }) => status > 100)).status).toBe(403);
    }
    peer.send(requestText({ callId: 'probe', method: 'OPTIONS', port: peer.port }));
    wrongPassword(peer, 11);
    // On a busy machine a 403 that nobody has acknowledged may come again.
    const heard = (await peer.during(200)).map(({ callId }) => callId);
    expect(heard.filter((callId) => callId === 'probe' || callId === 'wrong-11')).toEqual([]);
    expect(bans).toMatchObject([{ source: '127.0.0.1', strikes: 1 }]);
    expect(refusals.map(({ code }) => code)).toEqual([...new Array(10).fill('wrong_credentials'), 'silenced']);
    expect(refusals.at(-1)?.status).toBe(0);
    expect(endpoint.bans()).toMatchObject([{ source: '127.0.0.1', dropped: 2 }]);
    expect(endpoint.takeDropped()).toBe(2);
    expect(endpoint.liftBan('127.0.0.1')).toBe(true);
    peer.send(requestText({ callId: 'probe', method: 'OPTIONS', port: peer.port }));
    expect((await peer.next(({ callId }) => callId === 'probe')).status).toBe(200);
  });

  it('closes the connection of a silenced source', async () => {
    const { endpoint } = await setting();
    const peer = await openTcpPeer(endpoint.port);
    for (let i = 0; i < 10; i++) wrongPassword(peer, i);
    await peer.closed;
    expect(endpoint.bans()).toHaveLength(1);
    const again = await openTcpPeer(endpoint.port);
    again.send(requestText({ callId: 'probe', method: 'OPTIONS', transport: 'TCP', port: again.port }));
    await again.closed;
    expect(await again.during(0)).toEqual([]);
  });

  it('never answers a scanner', async () => {
    const { endpoint, bans } = await setting();
    const peer = await openUdpPeer(endpoint.port);
    const headers = ['User-Agent: friendly-scanner'];
    peer.send(requestText({ callId: 'scan', method: 'OPTIONS', headers, port: peer.port }));
    expect(await peer.during(150)).toEqual([]);
    expect(bans[0]?.reason).toContain('friendly-scanner');
  });

  it('tells of a challenge that nobody answered, with the number that was dialled', async () => {
    const { endpoint, refusals } = await setting();
    const peer = await openUdpPeer(endpoint.port);
    peer.send(requestText({ callId: 'left', uri: 'sip:+12025550100@127.0.0.1', port: peer.port }));
    expect((await peer.next()).status).toBe(401);
    await expect.poll(() => refusals, { timeout: 5000 }).toHaveLength(1);
    expect(refusals[0]).toMatchObject({ code: 'challenge_unanswered', status: 401, called: '+12025550100' });
  });

  it('keeps no more of a challenged request than a name may be long', async () => {
    const { endpoint, refusals } = await setting();
    const peer = await openUdpPeer(endpoint.port);
    peer.send(requestText({ callId: 'c'.repeat(4000), uri: `sip:${'1'.repeat(4000)}@h`, port: peer.port }));
    await expect.poll(() => refusals, { timeout: 5000 }).toHaveLength(1);
    expect(refusals[0]).toMatchObject({ callId: 'c'.repeat(128), called: '1'.repeat(128), caller: 'raw' });
  });

  it('hears the answers of whom we call, though it was silenced', async () => {
    const { endpoint } = await setting();
    const peer = await openUdpPeer(endpoint.port);
    for (let i = 0; i < 10; i++) wrongPassword(peer, i);
    await expect.poll(() => endpoint.bans()).toHaveLength(1);
    const refused = Promise.withResolvers<number>();
    endpoint.call({
      target: `sip:a@127.0.0.1:${peer.port}`,
      from: 'sip:b@127.0.0.1',
      sdp: offer,
      handlers: { refused: refused.resolve },
    });
    const invite = await peer.next(({ method }) => method === 'INVITE');
    const lines = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].map((name) => `${name}: ${invite.header(name)}`);
    peer.send(['SIP/2.0 486 Busy Here', ...lines, 'Content-Length: 0', '', ''].join('\r\n'));
    expect(await refused.promise).toBe(486);
  });
});

describe('the source policy', () => {
  it('lets a known source in without a challenge, and tells how it was known', async () => {
    const { endpoint, calls } = await setting({
      sourcePolicy: knownBy({ kind: 'known', owner: 'trunk-1', style: 'ip' }),
    });
    const peer = await openUdpPeer(endpoint.port);
    peer.send(requestText({ callId: 'a', port: peer.port }));
    expect((await peer.next()).status).toBe(100);
    await expect.poll(() => calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ owner: 'trunk-1', style: 'ip' });
    calls[0]?.refuse(486);
  });

  it('still takes the password of a known source', async () => {
    const { endpoint, refusals } = await setting({
      sourcePolicy: knownBy({ kind: 'known', owner: 'trunk-1', style: 'ip' }),
    });
    const peer = await openUdpPeer(endpoint.port);
    wrongPassword(peer, 1);
    expect((await peer.next(({ status }) => status > 100)).status).toBe(403);
    expect(refusals).toMatchObject([{ code: 'wrong_credentials' }]);
  });

  it('does not take the right password where the trunk says so, tells why, and is no guess', async () => {
    const reason = 'this trunk takes its password from the sources on its list only';
    const whyNotByPassword = vi.fn((): string | undefined => reason);
    const policy: SourcePolicy = { isListed: () => false, identify: () => undefined, whyNotByPassword };
    const { endpoint, calls, refusals, bans } = await setting({ sourcePolicy: policy });
    const peer = await openUdpPeer(endpoint.port);
    const call = async (callId: string) => {
      peer.send(requestText({ callId, port: peer.port }));
      const challenge = await peer.next((heard) => heard.callId === callId && heard.status === 401);
      const headers = [authorizationFor(challenge.header('WWW-Authenticate') ?? '', 'INVITE')];
      peer.send(requestText({ callId, sequence: 2, headers, port: peer.port }));
      return peer.next((heard) => heard.header('CSeq') === '2 INVITE' && heard.status > 100);
    };
    for (let i = 0; i < 11; i++) {
      const answer = await call(`elsewhere-${i}`);
      expect([answer.status, answer.header('Warning')]).toEqual([403, `399 dialplane "${reason}"`]);
    }
    expect(whyNotByPassword).toHaveBeenCalledWith('organisation-1', expect.objectContaining({ transport: 'udp' }));
    expect(new Set(refusals.map(({ code, username }) => `${code} ${username}`))).toEqual(
      new Set(['source_not_allowed trunk']),
    );
    expect([calls, bans]).toEqual([[], []]);
  });

  it('asks a listed source for credentials when the number is nobody’s, and says why', async () => {
    const { endpoint, calls, refusals } = await setting({
      sourcePolicy: knownBy({ kind: 'ambiguous', reason: '+1555 is no number of a trunk that lists this address' }),
    });
    const peer = await openUdpPeer(endpoint.port);
    peer.send(requestText({ callId: 'a', port: peer.port }));
    const answer = await peer.next(({ status }) => status > 100);
    expect([answer.status, answer.header('Warning')]).toEqual([
      401,
      '399 dialplane "+1555 is no number of a trunk that lists this address"',
    ]);
    expect(calls).toEqual([]);
    await expect.poll(() => refusals, { timeout: 5000 }).toMatchObject([{ code: 'number_not_listed', status: 401 }]);
  });

  it('answers 503 when it cannot tell', async () => {
    const policy: SourcePolicy = { isListed: () => true, identify: () => Promise.reject(new Error('store is down')) };
    const { endpoint, refusals } = await setting({ sourcePolicy: policy });
    const peer = await openUdpPeer(endpoint.port);
    peer.send(requestText({ callId: 'a', port: peer.port }));
    const answer = await peer.next(({ status }) => status > 100);
    expect([answer.status, answer.header('Retry-After')]).toEqual([503, '30']);
    expect(refusals).toMatchObject([{ code: 'credentials_unavailable' }]);
  });
});

describe('overload', () => {
  it('gives new calls 503 with Retry-After, and answers probes', async () => {
    let isOverloaded = true;
    const { endpoint, refusals } = await setting({ isOverloaded: () => isOverloaded });
    const peer = await openUdpPeer(endpoint.port);
    peer.send(requestText({ callId: 'a', port: peer.port }));
    const answer = await peer.next();
    expect([answer.status, answer.header('Retry-After')]).toEqual([503, '5']);
    expect(refusals).toMatchObject([{ code: 'overloaded', status: 503 }]);
    peer.send(requestText({ callId: 'b', method: 'OPTIONS', port: peer.port }));
    expect((await peer.next(({ callId }) => callId === 'b')).status).toBe(200);
    isOverloaded = false;
    peer.send(requestText({ callId: 'c', port: peer.port }));
    expect((await peer.next(({ callId }) => callId === 'c')).status).toBe(401);
  });
});
