import { describe, expect, it, vi } from 'vitest';
import type { IncomingCall, IncomingCallHandlers, OutgoingCallHandlers, Referral } from '../../src/index.ts';
import { referralHeaders } from '../../src/index.ts';
import { answerFor, authentication, credentials, offer, openEndpoint } from '../support/endpoints.ts';
import { fastClock } from '../support/fake-clock.ts';

/** An established call between two endpoints, with what the called side does. */
async function establish(
  called: IncomingCallHandlers = {},
  calling: Omit<OutgoingCallHandlers, 'answered'> = {},
  clock = fastClock(1),
) {
  const calls: IncomingCall[] = [];
  const callee = await openEndpoint({
    authentication,
    clock,
    onInvite: (call) => {
      calls.push(call);
      call.handle(calls.length === 1 ? called : {});
      call.answer(answerFor(call));
    },
  });
  const caller = await openEndpoint({ clock, authentication, onInvite: (call) => calls.push(call) });
  const answered = Promise.withResolvers<void>();
  const target = `sip:+12025550100@127.0.0.1:${callee.port}`;
  const from = 'sip:caller@127.0.0.1';
  const call = caller.call({
    target,
    from,
    credentials,
    sdp: offer,
    handlers: { ...calling, answered: () => answered.resolve() },
  });
  await answered.promise;
  const received = calls[0];
  if (!received) throw new Error('no call came');
  await vi.waitFor(() => expect(received.peerAllows('REFER')).toBe(true));
  return { callee, caller, call, received, calls, target, from };
}

describe('a transfer asked for by the peer (RFC 3515)', () => {
  it('is accepted, told about, and finished', async () => {
    const referral = Promise.withResolvers<Referral>();
    const { call } = await establish({ referred: referral.resolve });
    const news: string[] = [];
    const outcome = call.refer('sip:+12025550122@h', {
      referredBy: 'sip:alice@h',
      progress: (status, reason) => news.push(`${status} ${reason}`),
    });
    const received = await referral.promise;
    expect(received).toMatchObject({ target: 'sip:+12025550122@h', replaces: undefined, referredBy: '<sip:alice@h>' });
    received.accept();
    received.progress(180);
    received.progress(200, 'OK');
    expect(await outcome).toEqual({ kind: 'finished', status: 200, reason: 'OK' });
    expect(news).toEqual(['100 Trying', '180 Ringing']);
    expect(referralHeaders(received)).toEqual({ 'Referred-By': '<sip:alice@h>' });
    await call.hangup();
  });

  it('fails with the status of the call that was made', async () => {
    const { call } = await establish({
      referred: (referral) => {
        referral.accept();
        referral.progress(486);
      },
    });
    expect(await call.refer('sip:a@h')).toEqual({ kind: 'finished', status: 486, reason: 'Busy Here' });
  });

  it('is refused, by handler or for want of one', async () => {
    const { call, received } = await establish({ referred: (referral) => referral.refuse(403) });
    expect(await call.refer('sip:a@h')).toMatchObject({ kind: 'refused', status: 403 });
    received.handle({});
    expect(await call.refer('sip:a@h')).toMatchObject({ kind: 'refused', status: 603 });
  });

  it('may go without news (RFC 4488)', async () => {
    const { call } = await establish({
      referred: (referral) => {
        referral.accept();
        referral.progress(200);
      },
    });
    expect(await call.refer('sip:a@h', { withoutNews: true })).toEqual({ kind: 'untold', accepted: true });
  });

  it('survives the end of the call, whoever hangs up', async () => {
    for (const who of ['call', 'received'] as const) {
      const referral = Promise.withResolvers<Referral>();
      const { callee, caller, ...calls } = await establish({ referred: referral.resolve });
      const outcome = calls.call.refer('sip:a@h');
      const received = await referral.promise;
      received.accept();
      await calls[who].hangup();
      await vi.waitFor(() => expect([callee.activeCalls, caller.activeCalls]).toEqual([0, 0]));
      received.progress(200, 'OK');
      expect(await outcome).toMatchObject({ kind: 'finished', status: 200 });
    }
  });

  it('is given up when nobody tells how it went', async () => {
    const { call } = await establish({ referred: (referral) => referral.accept() }, {}, fastClock(500));
    expect(await call.refer('sip:a@h')).toEqual({ kind: 'untold', accepted: true });
  });

  it('is refused in time when its handler never decides', async () => {
    const { call } = await establish({ referred: () => {} }, {}, fastClock(500));
    expect(await call.refer('sip:a@h')).toMatchObject({ kind: 'refused', status: 603 });
  });

  it('to what is no address throws', async () => {
    const { call } = await establish();
    await expect(call.refer('nobody')).rejects.toThrow('URI');
  });
});

describe('an attended transfer (RFC 3891, RFC 5589 7)', () => {
  it('puts a new call in the place of the one consulted', async () => {
    const replacement = Promise.withResolvers<IncomingCall>();
    const ended = Promise.withResolvers<unknown>();
    const { call, received, caller, callee, target, from } = await establish({
      replaced: (other) => {
        replacement.resolve(other);
        other.answer(answerFor(other));
      },
      ended: ended.resolve,
    });
    const { callId, localTag, remoteTag } = received.snapshot();
    const answered = Promise.withResolvers<void>();
    const other = caller.call({
      target,
      from,
      credentials,
      sdp: offer,
      headers: { Replaces: `${callId};to-tag=${localTag};from-tag=${remoteTag}`, Require: 'replaces' },
      handlers: { answered: () => answered.resolve() },
    });
    await answered.promise;
    expect((await replacement.promise).callId).toBe(other.callId);
    expect(await ended.promise).toMatchObject({ by: 'local' });
    await call.hangup();
    expect([caller.activeCalls, callee.activeCalls]).toEqual([1, 1]);
    await other.hangup();
  });

  it('names the other dialog in Refer-To as its far end does', async () => {
    const referral = Promise.withResolvers<Referral>();
    const { call } = await establish({ referred: referral.resolve });
    const replaces = { callId: 'c@h', localTag: 'ours', remoteTag: 'theirs' };
    void call.refer('sip:bob@h', { replaces });
    const { replaces: asked, ...rest } = await referral.promise;
    expect(asked).toEqual({ callId: 'c@h', toTag: 'theirs', fromTag: 'ours', earlyOnly: false });
    expect(rest.target).toBe('sip:bob@h');
  });

  it.each([
    ['of a call that is not here', 'gone;to-tag=a;from-tag=b', 481],
    ['of an answered call while it rings', 'CALL;early-only', 486],
    ['that is malformed', 'gone;to-tag', 400],
    ['nobody takes', 'CALL', 603],
  ])('%s is refused with the right status', async (_, replaces, status) => {
    const { received, caller, target, from } = await establish();
    const { callId, localTag, remoteTag } = received.snapshot();
    const refused = Promise.withResolvers<number>();
    caller.call({
      target,
      from,
      credentials,
      sdp: offer,
      headers: { Replaces: replaces.replace('CALL', `${callId};to-tag=${localTag};from-tag=${remoteTag}`) },
      handlers: { refused: refused.resolve },
    });
    expect(await refused.promise).toBe(status);
  });
});
