import { describe, expect, it } from 'vitest';
import type { CallEnd } from '../../src/index.ts';
import { callTo, diary, endText, openPair } from '../support/call-pair.ts';
import { answerFor, openEndpoint } from '../support/endpoints.ts';
import { fastClock } from '../support/fake-clock.ts';
import { openLossyLink } from '../support/lossy-link.ts';

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
