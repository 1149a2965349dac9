import { describe, expect, it } from 'vitest';
import type { CallEnd, IncomingCall, ReasonValue } from '../../src/index.ts';
import { answerFor, authentication, credentials, offer, openEndpoint } from '../support/endpoints.ts';
import { fastClock } from '../support/fake-clock.ts';
import { openUdpPeer, requestText } from '../support/raw-peer.ts';

describe('regressions', () => {
  it('zero byte in an echoed header does not stop the answer', async () => {
    const endpoint = await openEndpoint({ authentication });
    const peer = await openUdpPeer(endpoint.port);
    const via = `SIP/2.0/UDP 127.0.0.1:${peer.port};rport;x="\0"`;
    peer.send(requestText({ callId: 'zero', method: 'OPTIONS', via, port: peer.port }));
    expect((await peer.next()).status).toBe(200);
    peer.send(requestText({ callId: 'require', method: 'OPTIONS', headers: ['Require: a\0b'], port: peer.port }));
    expect((await peer.next()).status).toBe(400);
  });

  it('header with a line break is refused before it changes the call', async () => {
    const seen = Promise.withResolvers<IncomingCall>();
    const callee = await openEndpoint({ authentication, onInvite: seen.resolve });
    const caller = await openEndpoint();
    const refused = Promise.withResolvers<string>();
    caller.call({
      target: `sip:a@127.0.0.1:${callee.port}`,
      from: 'sip:b@127.0.0.1',
      credentials,
      sdp: offer,
      handlers: { refused: (status, reason) => refused.resolve(`${status} ${reason}`) },
    });
    const call = await seen.promise;
    const headers = { 'X-A': 'b\r\nX-C: d' };
    expect(() => call.ring(headers)).toThrow(TypeError);
    expect(() => call.answer(answerFor(call), headers)).toThrow(TypeError);
    expect(() => call.refuse(486, { headers })).toThrow(TypeError);
    expect(() => call.refuse(200)).toThrow(RangeError);
    call.refuse(486, { reason: 'two\r\nlines: x' });
    expect(await refused.promise).toBe('486 two lines: x');
  });

  it('close does not wait for an ACK that never comes', async () => {
    const ended = Promise.withResolvers<CallEnd>();
    const callee = await openEndpoint({
      clock: fastClock(20),
      authentication,
      onInvite: (call) => {
        call.handle({ ended: ended.resolve });
        call.answer(answerFor(call));
        void callee.close();
      },
    });
    const caller = await openEndpoint({ clock: fastClock(20) });
    const call = caller.call({
      target: `sip:a@127.0.0.1:${callee.port}`,
      from: 'sip:b@127.0.0.1',
      credentials,
      sdp: offer,
      // The caller's own ACK is what is missing: it leaves before the 200 can reach it.
      handlers: { trying: () => void caller.close() },
    });
    expect(call.callId).toHaveLength(32);
    await ended.promise;
    expect([callee.activeCalls, caller.activeCalls]).toEqual([0, 0]);
    expect(() => caller.call({ target: 'sip:a@127.0.0.1', from: 'sip:b@127.0.0.1', sdp: offer, handlers: {} })).toThrow(
      'closed',
    );
  });

  it('lookup that outlives the endpoint starts no call', async () => {
    const lookup = Promise.withResolvers<{ password: string; owner: string }>();
    let invites = 0;
    const callee = await openEndpoint({
      authentication: { ...authentication, findCredential: () => lookup.promise },
      onInvite: () => invites++,
    });
    const caller = await openEndpoint({ clock: fastClock(20) });
    const trying = Promise.withResolvers<void>();
    caller.call({
      target: `sip:a@127.0.0.1:${callee.port}`,
      from: 'sip:b@127.0.0.1',
      credentials,
      sdp: offer,
      handlers: { trying: () => trying.resolve() },
    });
    await trying.promise;
    await callee.close();
    lookup.resolve({ password: 'secret', owner: 'o' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([invites, callee.activeCalls]).toEqual([0, 0]);
  });

  it('caller known without a question hears 100 while its call waits for an answer', async () => {
    const endpoint = await openEndpoint({
      sourcePolicy: { isListed: () => true, identify: () => ({ kind: 'known', owner: 'o', style: 'ip' }) },
      onInvite: () => {},
    });
    const peer = await openUdpPeer(endpoint.port);
    peer.send(
      requestText({ callId: 'waiting', body: offer, headers: ['Content-Type: application/sdp'], port: peer.port }),
    );
    expect((await peer.next()).status).toBe(100);
  });

  it('ending that comes before its handlers is not lost', async () => {
    const seen = Promise.withResolvers<IncomingCall>();
    const callee = await openEndpoint({ authentication, onInvite: seen.resolve });
    const caller = await openEndpoint();
    const ringing = Promise.withResolvers<void>();
    const outgoing = caller.call({
      target: `sip:a@127.0.0.1:${callee.port}`,
      from: 'sip:b@127.0.0.1',
      credentials,
      sdp: offer,
      handlers: { ringing: () => ringing.resolve() },
    });
    const call = await seen.promise;
    call.ring();
    await ringing.promise;
    await outgoing.hangup({ sipCause: 487 });
    const cancelled = Promise.withResolvers<readonly ReasonValue[]>();
    call.handle({ cancelled: cancelled.resolve });
    expect(await cancelled.promise).toEqual([{ protocol: 'SIP', cause: 487 }]);
    await call.hangup();
  });
});
