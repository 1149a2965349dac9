import { describe, expect, it } from 'vitest';
import { type CallEnd, header, type IncomingCall, parseNameAddr, readAudioAnswer } from '../../src/index.ts';
import { callTo, diary, endText, openPair } from '../support/call-pair.ts';
import { answerFor, offer } from '../support/endpoints.ts';

describe.each(['udp', 'tcp'] as const)('a call over %s', (transport) => {
  it('is authenticated, rings, is answered and hung up by the caller', async () => {
    const { entries, note, until } = diary();
    let received: IncomingCall | undefined;
    const { callee, caller } = await openPair((call) => {
      received = call;
      call.handle({ acknowledged: () => note('acknowledged'), ended: (end) => note(endText('callee', end)) });
      call.ring({ 'X-Ring': '1' });
      call.answer(answerFor(call));
    });
    const call = caller.call(
      callTo(callee.port, {
        transport,
        displayName: 'A "B" C',
        headers: { 'X-OPENCX-AGENT-ID': 'agent-7' },
        handlers: {
          trying: () => note('trying'),
          ringing: (response) => note(`ringing ${response.status} ${header(response, 'x-ring')}`),
          answered: (sdp) => note(`answered ${sdp && readAudioAnswer(sdp, offer)?.codec}`),
          ended: (end) => note(endText('caller', end)),
        },
      }),
    );
    await Promise.all([until('answered PCMU'), until('acknowledged')]);
    expect(received).toMatchObject({ callId: call.callId, owner: 'organisation-1' });
    expect(received?.source).toMatchObject({ transport, remoteAddress: '127.0.0.1' });
    expect(received && header(received.request, 'x-opencx-agent-id')).toBe('agent-7');
    expect(parseNameAddr(received ? (header(received.request, 'From') ?? '') : '').displayName).toBe('A "B" C');
    expect(received?.receivedAtMs).toBeGreaterThan(performance.timeOrigin);
    expect([callee.activeCalls, caller.activeCalls]).toEqual([1, 1]);
    await call.hangup({ q850Cause: 16, text: 'done' });
    await until('callee ended by remote');
    expect(entries.filter((entry) => entry !== 'acknowledged')).toEqual([
      'trying',
      'ringing 180 1',
      'answered PCMU',
      'callee ended by remote',
      'caller ended by local',
    ]);
    expect([callee.activeCalls, caller.activeCalls]).toEqual([0, 0]);
  });

  it('is hung up by the called side with a Reason', async () => {
    const end = Promise.withResolvers<CallEnd>();
    const { callee, caller } = await openPair((call) => {
      call.handle({
        acknowledged: () => void call.hangup({ sipCause: 200, q850Cause: 16, text: 'agent said goodbye' }),
      });
      call.answer(answerFor(call));
    });
    caller.call(callTo(callee.port, { transport, handlers: { ended: end.resolve } }));
    expect(await end.promise).toEqual({
      by: 'remote',
      reason: [
        { protocol: 'Q.850', cause: 16, text: 'agent said goodbye' },
        { protocol: 'SIP', cause: 200, text: 'agent said goodbye' },
      ],
    });
  });

  it('is cancelled while it rings', async () => {
    const { entries, note, until } = diary();
    const { callee, caller } = await openPair((call) => {
      call.handle({ cancelled: (reason) => note(`cancelled: ${reason[0]?.text}`), ended: () => note('never') });
      call.ring();
    });
    const call = caller.call(
      callTo(callee.port, {
        transport,
        handlers: {
          ringing: () => note('ringing'),
          ended: (end) => note(`ended by ${end.by} ${end.status}`),
          refused: () => note('never'),
        },
      }),
    );
    await until('ringing');
    await call.hangup({ sipCause: 487, text: 'changed my mind' });
    await until('cancelled: changed my mind');
    expect(entries).not.toContain('never');
    expect(entries).toContain('ended by local 487');
    expect(callee.activeCalls).toBe(0);
  });

  it('is refused with status, reason and headers', async () => {
    const refused = Promise.withResolvers<unknown>();
    const { callee, caller } = await openPair((call) => {
      call.refuse(488, { reason: 'No Common Codec', headers: { Warning: '305 x "y"' } });
    });
    caller.call(
      callTo(callee.port, {
        transport,
        handlers: {
          refused: (status, reason, response) =>
            refused.resolve([status, reason, response && header(response, 'Warning')]),
        },
      }),
    );
    expect(await refused.promise).toEqual([488, 'No Common Codec', '305 x "y"']);
  });

  it('is hung up while it rings by the called side', async () => {
    const refused = Promise.withResolvers<number>();
    const ended = Promise.withResolvers<CallEnd>();
    const { callee, caller } = await openPair((call) => {
      call.handle({ ended: ended.resolve });
      call.ring();
      void call.hangup({ q850Cause: 19 });
    });
    caller.call(callTo(callee.port, { transport, handlers: { refused: refused.resolve } }));
    expect(await refused.promise).toBe(480);
    expect(await ended.promise).toEqual({ by: 'local', status: 480 });
  });
});
