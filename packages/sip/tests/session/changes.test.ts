import { describe, expect, it } from 'vitest';
import type { IncomingCall, SessionDescription } from '../../src/index.ts';
import { answerFor, authentication, credentials, offer, openEndpoint } from '../support/endpoints.ts';
import { fastClock } from '../support/fake-clock.ts';
import { callEndpoint, callPeer, peerAnswer, peerOffer } from '../support/scripted-call.ts';

const held = offer.replace('a=sendrecv', 'a=sendonly');

async function answeredPeer(options: Parameters<typeof callPeer>[0] = {}) {
  const answered = Promise.withResolvers<void>();
  const scripted = await callPeer({
    ...options,
    handlers: { ...options.handlers, answered: () => answered.resolve() },
  });
  scripted.reply(scripted.invite, 200, { body: peerAnswer(offer) });
  await scripted.request('ACK');
  await answered.promise;
  return scripted;
}

function answering(handle: Parameters<IncomingCall['handle']>[0] = {}) {
  return callEndpoint((call) => {
    call.handle(handle);
    call.answer(answerFor(call));
  });
}

describe('a re-INVITE of ours (RFC 3261 14.1)', () => {
  it('is acknowledged as often as its 200 comes, and its Contact is where the BYE goes', async () => {
    const { call, peer, reply, request } = await answeredPeer();
    const change = call.change(held);
    const invite = await request('INVITE');
    expect(invite.header('CSeq')).toBe('2 INVITE');
    expect(invite.body).toContain('o=- 1 2 IN IP4');
    const contact = `Contact: <sip:elsewhere@127.0.0.1:${peer.port}>`;
    for (let copy = 0; copy < 2; copy++) {
      reply(invite, 200, { body: peerAnswer(held), headers: [contact] });
      expect((await request('ACK')).text).toMatch(/^ACK sip:elsewhere@/);
    }
    const outcome = await change;
    expect(outcome.kind === 'agreed' && outcome.answer.media[0]?.attributes).toContainEqual({
      name: 'recvonly',
      value: undefined,
    });
    void call.hangup();
    expect((await request('BYE')).text).toMatch(/^BYE sip:elsewhere@/);
  });

  it('is given back when it is refused, with the time to come again, and the call goes on', async () => {
    const { call, endpoint, reply, request } = await answeredPeer();
    const change = call.change(held);
    reply(await request('INVITE'), 500, { headers: ['Retry-After: 7 (busy);duration=30'] });
    await request('ACK');
    expect(await change).toMatchObject({ kind: 'refused', status: 500, retryAfterMs: 7000 });
    expect(endpoint.activeCalls).toBe(1);
  });

  it.each([481, 408])('that gets %i ends the call (RFC 3261 12.2.1.2)', async (status) => {
    const { call, reply, request } = await answeredPeer();
    const change = call.change(held);
    reply(await request('INVITE'), status);
    expect((await request('BYE')).method).toBe('BYE');
    expect((await change).kind).toBe('refused');
  });

  it('is tried again after a glare, later by who made the Call-ID', async () => {
    const { call, reply, request } = await answeredPeer();
    const change = call.change(held);
    reply(await request('INVITE'), 491);
    const refusedAtMs = performance.now();
    const again = await request('INVITE');
    // 2.1 to 4 s at a fifth, with room for a busy machine.
    expect(performance.now() - refusedAtMs).toBeGreaterThan(400);
    reply(again, 200, { body: peerAnswer(held) });
    expect(await change).toMatchObject({ kind: 'agreed' });
  });

  it('waits for the one before it', async () => {
    const { call, reply, request, peer } = await answeredPeer();
    const [first, second] = [call.change(held), call.change(offer)];
    const invite = await request('INVITE');
    expect((await peer.during(50)).filter(({ method }) => method === 'INVITE')).toEqual([]);
    reply(invite, 200, { body: peerAnswer(held) });
    expect(await first).toMatchObject({ kind: 'agreed' });
    const next = await request('INVITE');
    expect(next.body).toContain('a=sendrecv');
    reply(next, 200, { body: peerAnswer(offer) });
    expect(await second).toMatchObject({ kind: 'agreed' });
  });

  it('comes to nothing when the call ends meanwhile', async () => {
    const { call, say, request } = await answeredPeer();
    const changes = [call.change(held), call.change(offer)];
    await request('INVITE');
    say('BYE', 2);
    expect((await changes[1])?.kind).toBe('call_over');
  });
});

describe('a re-INVITE of theirs (RFC 3261 14.2)', () => {
  it('gets 491 while one of ours is out, in both roles', async () => {
    const calling = await answeredPeer();
    const called = await answering();
    called.say('ACK', 2);
    for (const [side, sequence] of [
      [calling, 5],
      [called, 5],
    ] as const) {
      void side.call.change(held);
      const invite = await side.request('INVITE');
      side.say('INVITE', sequence, { body: peerOffer() });
      expect((await side.response(sequence, 'INVITE')).status).toBe(491);
      side.say('UPDATE', sequence + 1, { body: peerOffer() });
      expect((await side.response(sequence + 1, 'UPDATE')).status).toBe(491);
      // Without an offer there is nothing to collide with.
      side.say('UPDATE', sequence + 2);
      expect((await side.response(sequence + 2, 'UPDATE')).status).toBe(200);
      side.reply(invite, 200, { body: peerAnswer(held) });
    }
  });

  it('gets 500 with Retry-After while the one before is not finished', async () => {
    const { say, response } = await callEndpoint((call) => call.ring());
    say('INVITE', 3, { body: offer });
    const refused = await response(3, 'INVITE');
    expect(refused.status).toBe(500);
    expect(Number(refused.header('Retry-After'))).toBeLessThanOrEqual(10);
    say('ACK', 3);
    say('UPDATE', 4, { body: offer });
    expect((await response(4, 'UPDATE')).status).toBe(500);
  });

  it('without a description gets our offer, and the ACK answers it', async () => {
    const agreed = Promise.withResolvers<SessionDescription>();
    const { say, response, call } = await answering({
      offerWanted: () => offer,
      answerReceived: agreed.resolve,
      offered: () => offer,
    });
    say('ACK', 2);
    say('INVITE', 3);
    const offered = await response(3, 'INVITE', 200);
    expect(offered.body).toContain('m=audio 40000');
    // Nothing of ours may cut in before the ACK.
    const change = call.change(held);
    say('UPDATE', 4, { body: offer });
    expect((await response(4, 'UPDATE')).status).toBe(491);
    say('ACK', 3, { body: peerAnswer(offered.body) });
    expect((await agreed.promise).media[0]?.port).toBe(9000);
    void change;
  });

  it('without a description whose ACK brings none changes nothing', async () => {
    const { say, response, endpoint } = await answering({ offered: () => offer });
    say('ACK', 2);
    say('INVITE', 3);
    await response(3, 'INVITE', 200);
    say('ACK', 3);
    say('UPDATE', 4, { body: offer });
    expect((await response(4, 'UPDATE')).status).toBe(200);
    expect(endpoint.activeCalls).toBe(1);
  });

  it('is refused with 488 only when nothing is common, and with 400 or 415 when it cannot be read', async () => {
    const { say, response } = await answering({ offered: () => undefined });
    say('ACK', 2);
    for (const [sequence, change, status] of [
      [3, { body: offer }, 488],
      [4, { body: 'v=9\r\n' }, 400],
      [5, { body: 'x', headers: ['Content-Type: text/plain'] }, 415],
    ] as const) {
      const headers = 'headers' in change ? [...change.headers] : [];
      say('INVITE', sequence, { ...change, headers });
      const refused = await response(sequence, 'INVITE');
      if (status !== 415) expect(refused.status).toBe(status);
      say('ACK', sequence);
    }
  });

  it('is answered while the 200 of the first INVITE is repeated over and over, once its ACK is here', async () => {
    const { say, response, peer } = await answering({ offered: () => offer });
    await peer.during(350);
    say('ACK', 2);
    say('INVITE', 3, { body: offer });
    expect((await response(3, 'INVITE')).status).toBe(200);
    say('ACK', 3);
  });
});

describe('UPDATE before the answer (RFC 3311 5)', () => {
  it('changes what a PRACK has settled, from both sides, and the 200 says nothing more', async () => {
    const { first, say, call, reply, request, response } = await callEndpoint(
      (call) => {
        call.handle({ offered: () => answerFor(call) });
        call.earlyMedia(answerFor(call));
      },
      { headers: ['Require: 100rel'] },
    );
    say('UPDATE', 3, { body: offer });
    // The answer is on its way, and our PRACK is not: nothing is agreed for the caller yet, but for us it is.
    expect((await response(3, 'UPDATE')).status).toBe(200);
    say('PRACK', 4, { headers: [`RAck: ${first.header('RSeq')} 2 INVITE`] });
    await response(4, 'PRACK', 200);
    const change = call.change(held);
    const update = await request('UPDATE');
    expect(update.body).toContain('a=sendonly');
    reply(update, 200, { body: peerAnswer(held) });
    expect(await change).toMatchObject({ kind: 'agreed' });
    call.answer('');
    expect((await response(2, 'INVITE', 200)).body).toBe('');
    say('ACK', 2);
  });
});

describe('two of us', () => {
  it('both change at once, and both get through', async () => {
    const incoming = Promise.withResolvers<IncomingCall>();
    const callee = await openEndpoint({
      authentication,
      clock: fastClock(10),
      onInvite(call) {
        call.handle({ acknowledged: () => incoming.resolve(call), offered: () => answerFor(call) });
        call.answer(answerFor(call));
      },
    });
    const caller = await openEndpoint({ clock: fastClock(10) });
    const outgoing = caller.call({
      target: `sip:callee@127.0.0.1:${callee.port}`,
      from: 'sip:caller@127.0.0.1',
      credentials,
      sdp: offer,
      handlers: { offered: () => offer },
    });
    const called = await incoming.promise;
    const outcomes = await Promise.all([outgoing.change(held), called.change(answerFor(called))]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['agreed', 'agreed']);
    await outgoing.hangup();
  });

  it('send any request in the call, and get what came of it', async () => {
    const incoming = Promise.withResolvers<IncomingCall>();
    const callee = await openEndpoint({
      authentication,
      onInvite(call) {
        call.handle({ acknowledged: () => incoming.resolve(call) });
        call.answer(answerFor(call));
      },
    });
    const caller = await openEndpoint();
    const outgoing = caller.call({
      target: `sip:callee@127.0.0.1:${callee.port}`,
      from: 'sip:caller@127.0.0.1',
      credentials,
      sdp: offer,
      handlers: {},
    });
    const called = await incoming.promise;
    expect((await outgoing.sendRequest('OPTIONS')).response?.headers.get('Allow')).toContain('UPDATE');
    expect((await called.sendRequest('PUBLISH')).response?.status).toBe(405);
    expect(() => called.sendRequest('OPTIONS', { headers: { 'X-A': 'b\r\nc' } })).toThrow(TypeError);
    await outgoing.hangup();
    expect(await outgoing.change(held)).toEqual({ kind: 'call_over' });
  });
});
