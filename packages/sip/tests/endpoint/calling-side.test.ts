import { describe, expect, it } from 'vitest';
import { type CallEnd, negotiateAudio, type OutgoingCallHandlers, parseSdp } from '../../src/index.ts';
import { credentials, offer, openEndpoint } from '../support/endpoints.ts';
import { fastClock } from '../support/fake-clock.ts';
import { type Heard, openUdpPeer, type RawPeer } from '../support/raw-peer.ts';

const answer = negotiateAudio(parseSdp(offer), {
  address: '127.0.0.1',
  port: 9000,
  codecs: ['PCMU'],
  sessionId: 9,
})?.answer;

/** An endpoint that calls a peer which answers exactly as the test says. T1 is 100 ms. */
async function dialPeer(handlers: OutgoingCallHandlers) {
  const endpoint = await openEndpoint({ clock: fastClock(5) });
  const peer = await openUdpPeer(endpoint.port);
  const call = endpoint.call({
    target: `sip:callee@127.0.0.1:${peer.port}`,
    from: 'sip:caller@127.0.0.1',
    credentials,
    sdp: offer,
    handlers,
  });
  const invite = await peer.next(({ method }) => method === 'INVITE');
  return { endpoint, peer, call, invite };
}

function reply(
  peer: RawPeer,
  request: Heard,
  status: number,
  options: { tag?: string; headers?: string[]; body?: string } = {},
): void {
  const { tag, headers = [], body = '' } = options;
  const to = request.header('To');
  const lines = [
    `SIP/2.0 ${status} Whatever`,
    `Via: ${request.header('Via')}`,
    `From: ${request.header('From')}`,
    `To: ${tag && !to.includes('tag=') ? `${to};tag=${tag}` : to}`,
    `Call-ID: ${request.callId}`,
    `CSeq: ${request.header('CSeq')}`,
    `Contact: <sip:callee@127.0.0.1:${peer.port}>`,
    ...(body === '' ? [] : ['Content-Type: application/sdp']),
    ...headers,
    `Content-Length: ${body.length}`,
  ];
  peer.send(`${lines.join('\r\n')}\r\n\r\n${body}`);
}

const challenge = 'WWW-Authenticate: Digest realm="r", nonce="n", qop="auth"';
const body = answer ?? '';

describe('the calling side', () => {
  it('acknowledges every repeated 200', async () => {
    let answered = 0;
    const { peer, invite } = await dialPeer({ answered: () => answered++ });
    for (let repeat = 0; repeat < 3; repeat++) {
      reply(peer, invite, 200, { tag: 'a', body });
      const ack = await peer.next(({ method }) => method === 'ACK');
      expect(ack.header('CSeq')).toBe('1 ACK');
      expect(ack.header('To')).toContain('tag=a');
    }
    expect(answered).toBe(1);
  });

  it('hangs up on a second phone that answers too', async () => {
    const { peer, invite, endpoint } = await dialPeer({});
    reply(peer, invite, 200, { tag: 'a', body });
    await peer.next(({ method }) => method === 'ACK');
    reply(peer, invite, 200, { tag: 'b', body });
    expect((await peer.next(({ method }) => method === 'ACK')).header('To')).toContain('tag=b');
    const bye = await peer.next(({ method }) => method === 'BYE');
    expect(bye.header('To')).toContain('tag=b');
    reply(peer, bye, 200);
    expect(endpoint.activeCalls).toBe(1);
  });

  it('sends the INVITE, and what belongs to it, through an outbound proxy (RFC 3261 8.1.2)', async () => {
    const endpoint = await openEndpoint({ clock: fastClock(5) });
    const proxy = await openUdpPeer(endpoint.port);
    const call = endpoint.call({
      target: 'sip:callee@carrier.example',
      outboundProxy: `sip:127.0.0.1:${proxy.port};lr`,
      callId: 'named-by-the-caller',
      from: 'sip:caller@carrier.example',
      sdp: offer,
      handlers: {},
    });
    const invite = await proxy.next(({ method }) => method === 'INVITE');
    expect(invite.text).toMatch(/^INVITE sip:callee@carrier\.example SIP/);
    expect(invite.header('Route')).toBe(`<sip:127.0.0.1:${proxy.port};lr>`);
    expect(invite.callId).toBe('named-by-the-caller');
    reply(proxy, invite, 180, { tag: 'a' });
    void call.hangup();
    const cancel = await proxy.next(({ method }) => method === 'CANCEL');
    expect(cancel.header('Route')).toBe(invite.header('Route'));
    reply(proxy, cancel, 200);
    reply(proxy, invite, 487, { tag: 'a' });
    expect((await proxy.next(({ method }) => method === 'ACK')).header('Route')).toBe(invite.header('Route'));
  });

  it('waits for a provisional answer before it cancels (RFC 3261 9.1)', async () => {
    const ended = Promise.withResolvers<CallEnd>();
    const { peer, invite, call } = await dialPeer({ ended: ended.resolve });
    const over = call.hangup({ text: 'enough', sipCause: 200 });
    expect((await peer.during(150)).map(({ method }) => method)).not.toContain('CANCEL');
    reply(peer, invite, 100);
    const cancel = await peer.next(({ method }) => method === 'CANCEL');
    expect(cancel.header('Via')).toBe(invite.header('Via'));
    expect(cancel.header('Reason')).toBe('SIP;cause=200;text="enough"');
    reply(peer, cancel, 200);
    reply(peer, invite, 487, { tag: 'a' });
    await over;
    expect(await ended.promise).toEqual({ by: 'local', status: 487 });
    expect((await peer.next(({ method }) => method === 'ACK')).header('Via')).toBe(invite.header('Via'));
  });

  it('takes leave with BYE when the 200 overtakes its CANCEL', async () => {
    const ended = Promise.withResolvers<CallEnd>();
    const { peer, invite, call } = await dialPeer({
      ended: ended.resolve,
      answered: () => ended.reject(new Error('answered')),
    });
    reply(peer, invite, 180, { tag: 'a' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    void call.hangup();
    await peer.next(({ method }) => method === 'CANCEL');
    reply(peer, invite, 200, { tag: 'a', body });
    await peer.next(({ method }) => method === 'ACK');
    const bye = await peer.next(({ method }) => method === 'BYE');
    reply(peer, bye, 200);
    expect(await ended.promise).toEqual({ by: 'local', status: 200 });
  });

  it('answers a challenge to its INVITE with the next number and the same Call-ID, once', async () => {
    const refused = Promise.withResolvers<number>();
    const { peer, invite } = await dialPeer({ refused: refused.resolve });
    reply(peer, invite, 401, { tag: 'a', headers: [challenge] });
    const second = await peer.next(({ method }) => method === 'INVITE');
    expect([second.callId, second.header('CSeq')]).toEqual([invite.callId, '2 INVITE']);
    expect(second.header('From')).toBe(invite.header('From'));
    expect(second.header('To')).toBe(invite.header('To'));
    expect(second.header('Authorization')).toContain('realm="r"');
    reply(peer, second, 401, { tag: 'b', headers: [challenge] });
    expect(await refused.promise).toBe(401);
  });

  it('answers a challenge to its BYE', async () => {
    const ended = Promise.withResolvers<CallEnd>();
    const { peer, invite, call } = await dialPeer({ answered: () => void call.hangup(), ended: ended.resolve });
    reply(peer, invite, 200, { tag: 'a', body });
    const bye = await peer.next(({ method }) => method === 'BYE');
    reply(peer, bye, 401, { headers: [challenge] });
    const second = await peer.next(({ method, header }) => method === 'BYE' && header('Authorization') !== '');
    reply(peer, second, 200);
    expect(await ended.promise).toEqual({ by: 'local', status: 200 });
  });

  it('is over although its BYE gets no answer', async () => {
    const endpoint = await openEndpoint({ clock: fastClock(200) });
    const peer = await openUdpPeer(endpoint.port);
    const ended = Promise.withResolvers<CallEnd>();
    const call = endpoint.call({
      target: `sip:callee@127.0.0.1:${peer.port}`,
      from: 'sip:caller@127.0.0.1',
      sdp: offer,
      handlers: { answered: () => void call.hangup(), ended: ended.resolve },
    });
    reply(peer, await peer.next(({ method }) => method === 'INVITE'), 200, { tag: 'a', body });
    expect(await ended.promise).toEqual({ by: 'local' });
    expect(endpoint.activeCalls).toBe(0);
  });

  it('answers a new offer of the called side, and its BYE', async () => {
    const ended = Promise.withResolvers<CallEnd>();
    const { peer, invite, endpoint } = await dialPeer({ offered: () => 'v=0 new answer', ended: ended.resolve });
    reply(peer, invite, 200, { tag: 'a', body });
    const ack = await peer.next(({ method }) => method === 'ACK');
    const say = (method: string, sequence: number, text = '') =>
      peer.send(
        `${method} sip:caller@127.0.0.1:${endpoint.port} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:${peer.port};rport;branch=z9hG4bK-${sequence}-${method}\r\nFrom: ${ack.header('To')}\r\nTo: ${ack.header('From')}\r\nCall-ID: ${ack.callId}\r\nCSeq: ${sequence} ${method}\r\nContact: <sip:callee@127.0.0.1:${peer.port}>\r\nContent-Type: application/sdp\r\nReason: Q.850;cause=16\r\nContent-Length: ${text.length}\r\n\r\n${text}`,
      );
    say('INVITE', 5, offer);
    const accepted = await peer.next(({ header }) => header('CSeq') === '5 INVITE');
    expect([accepted.status, accepted.body]).toEqual([200, 'v=0 new answer']);
    say('ACK', 5);
    say('BYE', 6);
    expect((await peer.next(({ header }) => header('CSeq') === '6 BYE')).status).toBe(200);
    expect(await ended.promise).toEqual({ by: 'remote', reason: [{ protocol: 'Q.850', cause: 16 }] });
  });
});
