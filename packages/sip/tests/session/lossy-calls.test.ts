import { describe, expect, it } from 'vitest';
import type { CallEnd, IncomingCall } from '../../src/index.ts';
import { answerFor, authentication, credentials, offer, openEndpoint } from '../support/endpoints.ts';
import { fastClock } from '../support/fake-clock.ts';
import { type LinkFaults, openLossyLink } from '../support/lossy-link.ts';

const held = offer.replace('a=sendrecv', 'a=sendonly');

/** T1 is 20 ms, so that 64*T1 is 1.3 s: losses are made up for by retransmission alone. */
const endpointOptions = { clock: fastClock(25) };

async function pair(faults: LinkFaults, options: { reliability?: 'require'; earlyMedia?: boolean } = {}) {
  const called = Promise.withResolvers<IncomingCall>();
  const acknowledged = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<void>();
  const [ourEnd, theirEnd] = [Promise.withResolvers<CallEnd>(), Promise.withResolvers<CallEnd>()];
  let invites = 0;
  const callee = await openEndpoint({
    authentication,
    ...endpointOptions,
    onInvite(call) {
      invites++;
      call.handle({
        acknowledged: () => acknowledged.resolve(),
        ended: theirEnd.resolve,
        cancelled: () => theirEnd.resolve({ by: 'remote' }),
        offered: () => answerFor(call),
      });
      if (options.earlyMedia) call.earlyMedia(answerFor(call));
      else call.ring();
      called.resolve(call);
    },
  });
  const caller = await openEndpoint(endpointOptions);
  const link = await openLossyLink(callee.port, faults);
  const ringing = Promise.withResolvers<void>();
  const digits: string[] = [];
  const outgoing = caller.call({
    target: `sip:callee@127.0.0.1:${link.port}`,
    from: 'sip:caller@127.0.0.1',
    credentials,
    sdp: offer,
    ...(options.reliability ? { reliability: options.reliability } : {}),
    handlers: {
      ringing: () => ringing.resolve(),
      answered: () => answered.resolve(),
      ended: ourEnd.resolve,
      refused: (status) => answered.reject(new Error(`refused with ${status}`)),
      offered: () => offer,
      digit: (digit) => digits.push(digit),
      referred: (referral) => {
        referral.accept();
        referral.progress(180);
        referral.progress(200);
      },
    },
  });
  const incoming = await called.promise;
  return {
    incoming,
    outgoing,
    ringing: ringing.promise,
    answered: answered.promise,
    acknowledged: acknowledged.promise,
    ends: Promise.all([ourEnd.promise, theirEnd.promise]),
    invites: () => invites,
    digits,
    active: () => [caller.activeCalls, callee.activeCalls],
  };
}

const links: readonly (LinkFaults & { readonly name: string })[] = [
  { name: 'without faults', lossPercent: 0 },
  { name: 'that loses 10 %', lossPercent: 10, seed: 3 },
  { name: 'that loses 30 %', lossPercent: 30, seed: 5 },
  { name: 'that reorders', reorderPercent: 40, seed: 7 },
  { name: 'that duplicates', duplicatePercent: 50, seed: 11 },
  { name: 'that does all of it', lossPercent: 20, reorderPercent: 20, duplicatePercent: 20, seed: 13 },
];

describe.each(links)('over a link $name', (faults) => {
  it.each(['caller', 'callee'])('a call is answered, changed by both sides, and ended by the %s', async (leaver) => {
    const { incoming, outgoing, answered, acknowledged, ends, invites, active } = await pair(faults);
    incoming.answer(answerFor(incoming));
    await Promise.all([answered, acknowledged]);
    expect(await outgoing.change(held)).toMatchObject({ kind: 'agreed' });
    expect(await incoming.change(answerFor(incoming))).toMatchObject({ kind: 'agreed' });
    expect((await incoming.sendRequest('UPDATE')).response?.status).toBe(200);
    await (leaver === 'caller' ? outgoing : incoming).hangup();
    const [ours, theirs] = await ends;
    expect([ours.by, theirs.by]).toEqual(leaver === 'caller' ? ['local', 'remote'] : ['remote', 'local']);
    expect(invites()).toBe(1);
    expect(active()).toEqual([0, 0]);
  });

  it('keys and a transfer get through, once and in their order', async () => {
    const { incoming, outgoing, answered, acknowledged, digits, ends } = await pair({
      ...faults,
      seed: (faults.seed ?? 0) + 3,
    });
    incoming.answer(answerFor(incoming));
    await Promise.all([answered, acknowledged]);
    const keys = [...'159#'];
    expect(await Promise.all(keys.map((key) => incoming.sendDigit(key)))).toEqual(keys.map(() => true));
    expect(digits).toEqual(keys);
    const news: number[] = [];
    const outcome = await incoming.refer('sip:human@127.0.0.1', { progress: (status) => news.push(status) });
    expect(outcome).toEqual({ kind: 'finished', status: 200, reason: 'OK' });
    expect(news).toEqual([100, 180]);
    await outgoing.hangup();
    await ends;
  });

  it('early media is acknowledged before the answer', async () => {
    const { incoming, outgoing, answered, acknowledged, ends } = await pair(
      { ...faults, seed: (faults.seed ?? 0) + 1 },
      { reliability: 'require', earlyMedia: true },
    );
    incoming.answer(answerFor(incoming));
    await Promise.all([answered, acknowledged]);
    await outgoing.hangup();
    await ends;
  });

  it('a ringing call is cancelled on both sides', async () => {
    const { incoming, outgoing, ringing, ends, active } = await pair(
      { ...faults, seed: (faults.seed ?? 0) + 2 },
      {
        reliability: 'require',
      },
    );
    await ringing;
    await outgoing.hangup();
    await ends;
    expect(active()).toEqual([0, 0]);
    expect(incoming.callId).toBe(outgoing.callId);
  });
});
