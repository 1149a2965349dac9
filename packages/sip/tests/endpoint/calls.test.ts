import { describe, expect, it } from 'vitest';
import {
  type CallEnd,
  header,
  type IncomingCall,
  type OutgoingCallOptions,
  parseNameAddr,
  readAudioAnswer,
  type SipEndpoint,
  type SipEndpointOptions,
} from '../../src/index.ts';
import { answerFor, authentication, credentials, offer, openEndpoint } from '../support/endpoints.ts';
import { fastClock } from '../support/fake-clock.ts';
import { openLossyLink } from '../support/lossy-link.ts';

/** What happened, in order, with a promise for each name. */
function diary() {
  const entries: string[] = [];
  const waiting = new Map<string, () => void>();
  return {
    entries,
    note(name: string) {
      entries.push(name);
      waiting.get(name)?.();
    },
    until: (name: string) =>
      entries.includes(name) ? Promise.resolve() : new Promise<void>((resolve) => waiting.set(name, resolve)),
  };
}

function endText(who: string, end: CallEnd): string {
  return `${who} ended by ${end.by}`;
}

async function openPair(
  onInvite: (call: IncomingCall) => void,
  options: Partial<SipEndpointOptions> = {},
): Promise<{ callee: SipEndpoint; caller: SipEndpoint }> {
  const callee = await openEndpoint({ authentication, onInvite, ...options });
  const caller = await openEndpoint(options.clock ? { clock: options.clock } : {});
  return { callee, caller };
}

function callTo(
  port: number,
  options: Partial<OutgoingCallOptions> & Pick<OutgoingCallOptions, 'handlers'>,
): OutgoingCallOptions {
  return {
    target: `sip:+12025550100@127.0.0.1:${port}`,
    from: 'sip:+12025550199@127.0.0.1',
    credentials,
    sdp: offer,
    ...options,
  };
}

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

describe('a call', () => {
  it.each(['caller', 'callee'] as const)(
    'succeeds although every second datagram is lost; %s hangs up',
    async (leaver) => {
      const clock = fastClock(20);
      const { note, until, entries } = diary();
      const { callee, caller } = await openPair(
        (call) => {
          call.handle({
            acknowledged: () => {
              note('acknowledged');
              if (leaver === 'callee') void call.hangup().then(() => note('callee done'));
            },
            ended: (end) => note(endText('callee', end)),
          });
          call.ring();
          call.answer(answerFor(call));
        },
        { clock },
      );
      const link = await openLossyLink(callee.port);
      const call = caller.call(
        callTo(link.port, {
          handlers: {
            answered: () => note('answered'),
            refused: (status) => note(`refused ${status}`),
            ended: (end) => note(endText('caller', end)),
          },
        }),
      );
      await Promise.all([until('answered'), until('acknowledged')]);
      if (leaver === 'caller') await call.hangup();
      await Promise.all([
        until(`caller ended by ${leaver === 'caller' ? 'local' : 'remote'}`),
        until(`callee ended by ${leaver === 'caller' ? 'remote' : 'local'}`),
      ]);
      expect(link.lost()).toBeGreaterThan(5);
      expect(entries.filter((entry) => entry === 'answered')).toHaveLength(1);
      expect([callee.activeCalls, caller.activeCalls]).toEqual([0, 0]);
    },
  );

  it('with a wrong password is refused with 403 and listed', async () => {
    const refusals: unknown[] = [];
    const refused = Promise.withResolvers<number>();
    const { callee, caller } = await openPair(() => {}, { onRefused: (refusal) => refusals.push(refusal) });
    caller.call(
      callTo(callee.port, {
        credentials: { username: 'trunk', password: 'guess' },
        handlers: { refused: refused.resolve },
      }),
    );
    expect(await refused.promise).toBe(403);
    expect(refusals).toMatchObject([{ status: 403, code: 'wrong_credentials', username: 'trunk', method: 'INVITE' }]);
  });

  it('without credentials ends with the 401', async () => {
    const refused = Promise.withResolvers<number>();
    const { callee, caller } = await openPair(() => {});
    const { credentials: _, ...anonymous } = callTo(callee.port, { handlers: { refused: refused.resolve } });
    caller.call(anonymous);
    expect(await refused.promise).toBe(401);
  });

  it('to an endpoint without authentication is forbidden', async () => {
    const refused = Promise.withResolvers<number>();
    const callee = await openEndpoint({ onInvite: () => {} });
    const caller = await openEndpoint();
    caller.call(callTo(callee.port, { handlers: { refused: refused.resolve } }));
    expect(await refused.promise).toBe(403);
  });

  it('to nobody ends with 408, over a closed TCP port with 503', async () => {
    const caller = await openEndpoint({ clock: fastClock(200) });
    const silent = await openEndpoint();
    await silent.close();
    for (const [transport, expected] of [
      ['udp', 408],
      ['tcp', 503],
    ] as const) {
      const refused = Promise.withResolvers<number>();
      caller.call(callTo(silent.port, { transport, handlers: { refused: refused.resolve } }));
      expect(await refused.promise).toBe(expected);
    }
    expect(caller.activeCalls).toBe(0);
  });

  it('that is too large for a datagram goes over TCP, or back to UDP where nobody listens on TCP', async () => {
    const seen = Promise.withResolvers<string>();
    const { callee, caller } = await openPair((call) => {
      seen.resolve(call.source.transport);
      call.refuse(486);
    });
    const headers = { 'X-Large': 'x'.repeat(1500) };
    caller.call(callTo(callee.port, { headers, handlers: {} }));
    expect(await seen.promise).toBe('tcp');

    const link = await openLossyLink(callee.port);
    const refused = Promise.withResolvers<number>();
    const patient = await openEndpoint({ clock: fastClock(20) });
    patient.call(callTo(link.port, { headers, handlers: { refused: refused.resolve } }));
    expect(await refused.promise).toBe(486);
  });

  it.each(['onInvite', 'acknowledged'] as const)(
    'ends when its handler throws in %s, and nothing else does',
    async (where) => {
      const over = Promise.withResolvers<string>();
      const ended = Promise.withResolvers<CallEnd>();
      const { callee, caller } = await openPair((call) => {
        call.handle({
          acknowledged() {
            throw new Error('boom');
          },
          ended: ended.resolve,
        });
        if (where === 'onInvite') throw new Error('boom');
        call.answer(answerFor(call));
      });
      caller.call(
        callTo(callee.port, {
          handlers: {
            refused: (status) => over.resolve(`refused ${status}`),
            ended: (end) => over.resolve(endText('caller', end)),
          },
        }),
      );
      expect(await over.promise).toBe(where === 'onInvite' ? 'refused 500' : 'caller ended by remote');
      expect(await ended.promise).toMatchObject({ by: 'local', fault: 'a handler failed: boom' });
      expect(callee.activeCalls).toBe(0);
    },
  );

  it('is hung up by the closing endpoint', async () => {
    const ended = Promise.withResolvers<CallEnd>();
    const acknowledged = Promise.withResolvers<void>();
    const { callee, caller } = await openPair((call) => {
      call.handle({ acknowledged: () => acknowledged.resolve() });
      call.answer(answerFor(call));
    });
    caller.call(callTo(callee.port, { handlers: { ended: ended.resolve } }));
    await acknowledged.promise;
    await callee.close();
    expect(await ended.promise).toMatchObject({
      by: 'remote',
      reason: [{ protocol: 'SIP', cause: 503, text: 'shutting down' }],
    });
  });

  it('cannot be placed to something that is no SIP address', async () => {
    const caller = await openEndpoint();
    for (const target of ['alice', 'tel:+1202', 'sip:a@h?x=y']) {
      expect(() => caller.call(callTo(1, { target, handlers: {} }))).toThrow();
    }
    expect(() => caller.call(callTo(1, { headers: { 'X-A': 'b\r\nc' }, handlers: {} }))).toThrow(TypeError);
    expect(caller.activeCalls).toBe(0);
  });
});
