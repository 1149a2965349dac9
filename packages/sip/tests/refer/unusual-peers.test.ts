import { describe, expect, it } from 'vitest';
import type { IncomingCall, IncomingCallHandlers } from '../../src/index.ts';
import { parseNameAddr } from '../../src/index.ts';
import { answerFor, offer, openEndpoint } from '../support/endpoints.ts';
import { fastClock } from '../support/fake-clock.ts';
import { openUdpPeer, type RawPeer, requestText } from '../support/raw-peer.ts';

describe('a peer of its own mind', () => {
  async function peerInCall(
    handlers: IncomingCallHandlers = {},
  ): Promise<{ peer: RawPeer; call: IncomingCall; toTag: string }> {
    const received = Promise.withResolvers<IncomingCall>();
    const endpoint = await openEndpoint({
      // It is not said goodbye to, and its BYE is not waited for.
      clock: fastClock(20),
      sourcePolicy: { isListed: () => true, identify: () => ({ kind: 'known', owner: 'o', style: 'ip' }) },
      onInvite: (call) => {
        call.handle(handlers);
        call.answer(answerFor(call));
        received.resolve(call);
      },
    });
    const peer = await openUdpPeer(endpoint.port);
    const headers = ['Content-Type: application/sdp', 'Allow: INVITE, ACK, BYE, REFER, NOTIFY, INFO'];
    peer.send(requestText({ callId: 'peer', port: peer.port, body: offer, headers }));
    const answer = await peer.next((message) => message.status === 200);
    const toTag = parseNameAddr(answer.header('To')).parameters.get('tag') ?? '';
    peer.send(requestText({ callId: 'peer', method: 'ACK', port: peer.port, toTag }));
    return { peer, call: await received.promise, toTag };
  }

  const notify = (peer: RawPeer, toTag: string, sequence: number, state: string, body: string, event = 'refer') =>
    peer.send(
      requestText({
        callId: 'peer',
        method: 'NOTIFY',
        sequence,
        port: peer.port,
        toTag,
        headers: [`Event: ${event}`, `Subscription-State: ${state}`, 'Content-Type: message/sipfrag;version=2.0'],
        body,
      }),
    );

  function answer(request: { text: string }, status: number, ...headers: string[]): string {
    const echoed = request.text.split('\r\n').filter((line) => /^(via|from|to|call-id|cseq):/i.test(line));
    return [`SIP/2.0 ${status} x`, ...echoed, ...headers, 'Content-Length: 0', '', ''].join('\r\n');
  }

  it('may notify before it answers the REFER', async () => {
    const { peer, call, toTag } = await peerInCall();
    const outcome = call.refer('sip:a@h');
    const refer = await peer.next((message) => message.method === 'REFER');
    expect(refer.header('Refer-To')).toBe('<sip:a@h>');
    notify(peer, toTag, 2, 'terminated;reason=noresource', 'SIP/2.0 200 OK\r\n');
    expect(await peer.next((message) => message.status > 0)).toMatchObject({ status: 200 });
    expect(await outcome).toMatchObject({ kind: 'finished', status: 200 });
    peer.send(answer(refer, 202));
  });

  it('may hang up right after the REFER, and notify later', async () => {
    const { peer, call, toTag } = await peerInCall();
    const outcome = call.refer('sip:a@h');
    const refer = await peer.next((message) => message.method === 'REFER');
    peer.send(answer(refer, 202));
    peer.send(requestText({ callId: 'peer', method: 'BYE', sequence: 2, port: peer.port, toTag }));
    expect(await peer.next((message) => message.status > 0)).toMatchObject({ status: 200 });
    const id = refer.header('CSeq').split(' ')[0];
    notify(peer, toTag, 3, 'active;expires=60', 'SIP/2.0 180 Ringing\r\n', `refer;id=${id}`);
    expect(await peer.next((message) => message.status > 0)).toMatchObject({ status: 200 });
    notify(peer, toTag, 4, 'terminated', 'SIP/2.0 503 Nobody\r\n', `refer;id=${id}`);
    expect(await peer.next((message) => message.status > 0)).toMatchObject({ status: 200 });
    expect(await outcome).toEqual({ kind: 'finished', status: 503, reason: 'Nobody' });
    notify(peer, toTag, 5, 'terminated', 'SIP/2.0 200 OK\r\n');
    expect(await peer.next((message) => message.status > 0)).toMatchObject({ status: 481 });
  });

  it('gets 489 for events we do not know, and 481 for subscriptions we do not have', async () => {
    const { peer, toTag } = await peerInCall();
    notify(peer, toTag, 2, 'active', '', 'dialog');
    const unknown = await peer.next((message) => message.status > 0);
    expect([unknown.status, unknown.header('Allow-Events')]).toEqual([489, 'refer']);
    notify(peer, toTag, 3, 'active', 'SIP/2.0 200 OK\r\n');
    expect(await peer.next((message) => message.status > 0)).toMatchObject({ status: 481 });
  });

  it('may end the subscription its REFER made', async () => {
    const { peer, toTag } = await peerInCall({ referred: (referral) => referral.accept() });
    const referTo = ['Refer-To: <sip:a@h>'];
    peer.send(requestText({ callId: 'peer', method: 'REFER', sequence: 2, port: peer.port, toTag, headers: referTo }));
    expect(await peer.next((message) => message.status > 0)).toMatchObject({ status: 202 });
    const first = await peer.next((message) => message.method === 'NOTIFY');
    expect([first.header('Event'), first.header('Subscription-State'), first.body]).toEqual([
      'refer;id=2',
      'active;expires=180',
      'SIP/2.0 100 Trying\r\n',
    ]);
    peer.send(answer(first, 200));
    const headers = ['Event: refer;id=2', 'Expires: 0'];
    peer.send(requestText({ callId: 'peer', method: 'SUBSCRIBE', sequence: 3, port: peer.port, toTag, headers }));
    const last = await peer.next((message) => message.method === 'NOTIFY');
    expect(last.header('Subscription-State')).toBe('terminated;reason=timeout');
    peer.send(answer(last, 200));
  });

  it('may have four transfers of one call under way, and no more', async () => {
    const { peer, toTag } = await peerInCall({ referred() {} });
    const headers = ['Refer-To: <sip:a@h>'];
    for (let sequence = 2; sequence <= 6; sequence++)
      peer.send(requestText({ callId: 'peer', method: 'REFER', sequence, port: peer.port, toTag, headers }));
    const refused = await peer.next((message) => message.status > 0);
    expect([refused.status, refused.header('CSeq')]).toEqual([603, '6 REFER']);
  });

  it('is granted no more than three minutes of news (RFC 6665 4.2.1.1)', async () => {
    const { peer, toTag } = await peerInCall({ referred: (referral) => referral.accept() });
    const common = { callId: 'peer', port: peer.port, toTag };
    peer.send(requestText({ ...common, method: 'REFER', sequence: 2, headers: ['Refer-To: <sip:a@h>'] }));
    peer.send(answer(await peer.next((message) => message.method === 'NOTIFY'), 200));
    for (const [index, [asked, granted]] of [
      ['60', '60'],
      ['86400', '180'],
      ['soon', '180'],
    ].entries()) {
      const headers = ['Event: refer;id=2', `Expires: ${asked}`];
      peer.send(requestText({ ...common, method: 'SUBSCRIBE', sequence: 3 + index, headers }));
      const response = await peer.next((message) => message.header('CSeq') === `${3 + index} SUBSCRIBE`);
      expect([response.status, response.header('Expires')]).toEqual([200, granted]);
    }
  });

  it('gets 400 for a REFER without a target', async () => {
    const { peer, toTag } = await peerInCall({ referred: (referral) => referral.accept() });
    peer.send(requestText({ callId: 'peer', method: 'REFER', sequence: 2, port: peer.port, toTag }));
    expect(await peer.next((message) => message.status > 0)).toMatchObject({ status: 400 });
  });

  it('sends keys as INFO, and other things too (RFC 6086)', async () => {
    const keys: string[] = [];
    const { peer, toTag } = await peerInCall({ digit: (digit, durationMs) => keys.push(`${digit} ${durationMs}`) });
    const info = async (sequence: number, headers: string[], body = '') => {
      peer.send(requestText({ callId: 'peer', method: 'INFO', sequence, port: peer.port, toTag, headers, body }));
      return await peer.next((message) => message.status > 0);
    };
    const relay = 'Content-Type: application/dtmf-relay';
    expect(await info(2, [relay], 'Signal=5\r\nDuration=120\r\n')).toMatchObject({ status: 200 });
    expect(await info(3, ['Content-Type: application/dtmf'], '#')).toMatchObject({ status: 200 });
    expect(await info(4, [relay], 'Signal=flash\r\n')).toMatchObject({ status: 200 });
    expect(keys).toEqual(['5 120', '# 160']);
    expect(await info(5, [])).toMatchObject({ status: 200 });
    expect(await info(6, ['Content-Type: application/media_control+xml'], '<x/>')).toMatchObject({ status: 200 });
    const packaged = await info(7, ['Info-Package: trickle-ice', 'Content-Type: text/plain'], 'x');
    expect([packaged.status, packaged.text.includes('Recv-Info:')]).toEqual([469, true]);
    const unknown = await info(8, ['Content-Type: text/plain'], 'x');
    expect([unknown.status, unknown.header('Accept')]).toEqual([415, 'application/dtmf-relay, application/dtmf']);
    const optional = ['Content-Type: text/plain', 'Content-Disposition: render;handling=optional'];
    expect(await info(9, optional, 'x')).toMatchObject({ status: 200 });
  });

  it('gets our keys in INFO, one after the other, in the form it reads', async () => {
    const { peer, call } = await peerInCall();
    const sent = Promise.all([call.sendDigit('1'), call.sendDigit('d', 99.6)]);
    const first = await peer.next((message) => message.method === 'INFO');
    expect([first.header('Content-Type'), first.body]).toEqual([
      'application/dtmf-relay',
      'Signal=1\r\nDuration=160\r\n',
    ]);
    peer.send(answer(first, 415, 'Accept: application/dtmf'));
    const again = await peer.next((message) => message.method === 'INFO');
    expect([again.header('Content-Type'), again.body]).toEqual(['application/dtmf', '1']);
    peer.send(answer(again, 200));
    const second = await peer.next((message) => message.method === 'INFO');
    expect(second.body).toBe('D');
    peer.send(answer(second, 500));
    expect(await sent).toEqual([true, false]);
    expect(() => call.sendDigit('x')).toThrow(RangeError);
  });
});
