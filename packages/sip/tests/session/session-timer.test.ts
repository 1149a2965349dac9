import { describe, expect, it } from 'vitest';
import type { CallEnd } from '../../src/index.ts';
import { SessionTimer } from '../../src/session/session-timer.ts';
import { answerFor, offer } from '../support/endpoints.ts';
import { FakeClock, fastClock } from '../support/fake-clock.ts';
import { callEndpoint, callPeer, peerAnswer } from '../support/scripted-call.ts';

function watched(clock: FakeClock) {
  const happened: string[] = [];
  const startedAtMs = clock.nowMs();
  const note = (what: string) => () => void happened.push(`${what} ${(clock.nowMs() - startedAtMs) / 1000}`);
  return { happened, duties: { refresh: note('refresh'), expired: note('expired') } };
}

describe('the session timer (RFC 4028 10)', () => {
  it.each([
    [1800, true, ['refresh 900', 'expired 1768']],
    [1800, false, ['expired 1768']],
    [90, true, ['refresh 45', 'expired 60']],
    [90, false, ['expired 60']],
  ])('of %i s, refreshed by us: %s', (expiresSeconds, weRefresh, expected) => {
    const clock = new FakeClock();
    const { happened, duties } = watched(clock);
    new SessionTimer(clock, duties).start({ expiresSeconds, weRefresh });
    clock.advance(4_000_000);
    expect(happened).toEqual(expected);
  });

  it('starts anew with every refresh, and leaves nothing running when stopped', () => {
    const clock = new FakeClock();
    const { happened, duties } = watched(clock);
    const timer = new SessionTimer(clock, duties);
    for (let i = 0; i < 10; i++) {
      timer.start({ expiresSeconds: 90, weRefresh: false });
      clock.advance(50_000);
    }
    timer.stop();
    expect(happened).toEqual([]);
    expect(clock.running).toBe(0);
  });

  it('goes on in another process from its snapshot', () => {
    const clock = new FakeClock();
    const { happened, duties } = watched(clock);
    const timer = new SessionTimer(clock, duties);
    timer.start({ expiresSeconds: 90, weRefresh: true });
    clock.advance(20_000);
    const snapshot = structuredClone(timer.snapshot());
    timer.stop();
    SessionTimer.restore(snapshot, clock, duties);
    clock.advance(100_000);
    expect(happened).toEqual(['refresh 45', 'expired 60']);
  });
});

describe('session timers, called (RFC 4028 9)', () => {
  it.each([
    [[], '1800;refresher=uas', ''],
    [['Supported: timer'], '1800;refresher=uas', ''],
    [['Supported: timer', 'Session-Expires: 600'], '600;refresher=uas', ''],
    [['k: timer', 'x: 600;refresher=uac'], '600;refresher=uac', 'timer'],
    [['Supported: timer', 'Session-Expires: 600;refresher=uas'], '600;refresher=uas', ''],
    [['Supported: timer', 'Min-SE: 2000'], '2000;refresher=uas', ''],
    // A proxy asked; the caller itself could not refresh.
    [['Session-Expires: 600;refresher=uac'], '600;refresher=uas', ''],
    [['Session-Expires: 30'], '90;refresher=uas', ''],
    [['Session-Expires: soon'], '1800;refresher=uas', ''],
  ])('answers %j with %s', async (headers, expected, require) => {
    const { first, say } = await callEndpoint((call) => call.answer(answerFor(call)), { headers });
    expect(first.header('Session-Expires')).toBe(expected);
    expect(first.header('Require')).toBe(require);
    say('ACK', 2);
  });

  it('answers 422 with our minimum when less is asked for, then and later', async () => {
    const short = ['Supported: timer', 'Session-Expires: 60'];
    const refused = await callEndpoint(() => {}, { headers: short });
    expect(refused.first.status).toBe(422);
    expect(refused.first.header('Min-SE')).toBe('90');
    const { say, response } = await callEndpoint((call) => call.answer(answerFor(call)));
    say('ACK', 2);
    say('UPDATE', 3, { headers: short });
    expect((await response(3, 'UPDATE')).status).toBe(422);
  });

  it('refreshes by UPDATE without a description where that is allowed', async () => {
    const { say, request, reply } = await callEndpoint((call) => call.answer(answerFor(call)), {
      headers: ['Supported: timer', 'Session-Expires: 90', 'Allow: INVITE, ACK, BYE, UPDATE'],
      endpoint: { clock: fastClock(100) },
    });
    say('ACK', 2);
    for (let round = 0; round < 2; round++) {
      const update = await request('UPDATE');
      expect(update.body).toBe('');
      expect(update.header('Session-Expires')).toBe('90;refresher=uac');
      reply(update, 200, { headers: ['Session-Expires: 90;refresher=uac'] });
    }
  });

  it('refreshes by re-INVITE with the same description where it is not', async () => {
    const { first, say, request, reply } = await callEndpoint((call) => call.answer(answerFor(call)), {
      headers: ['Supported: timer', 'Session-Expires: 90', 'Allow: INVITE, ACK, BYE'],
      endpoint: { clock: fastClock(100) },
    });
    say('ACK', 2);
    const invite = await request('INVITE');
    expect(invite.body).toBe(first.body);
    reply(invite, 200, { body: peerAnswer(invite.body), headers: ['Session-Expires: 90;refresher=uac'] });
    await request('ACK');
  });

  it('ends with a BYE that says so when the caller does not refresh', async () => {
    const ended = Promise.withResolvers<CallEnd>();
    const { say, request, reply } = await callEndpoint(
      (call) => {
        call.handle({ ended: ended.resolve });
        call.answer(answerFor(call));
      },
      { headers: ['Supported: timer', 'Session-Expires: 90;refresher=uac'], endpoint: { clock: fastClock(100) } },
    );
    say('ACK', 2);
    const bye = await request('BYE');
    expect(bye.header('Reason')).toBe('SIP;cause=408;text="Session timer expired"');
    reply(bye, 200);
    expect(await ended.promise).toMatchObject({ by: 'session_timer' });
  });

  it('is kept alive by the refreshes of the caller', async () => {
    const { endpoint, peer, say, response } = await callEndpoint((call) => call.answer(answerFor(call)), {
      headers: ['Supported: timer', 'Session-Expires: 90;refresher=uac'],
      endpoint: { clock: fastClock(100) },
    });
    say('ACK', 2);
    for (let sequence = 3; sequence < 7; sequence++) {
      // 90 s are 900 ms here, and the end would come after 600.
      await peer.during(250);
      say('UPDATE', sequence, { headers: ['Supported: timer', 'Session-Expires: 90;refresher=uac'] });
      expect((await response(sequence, 'UPDATE', 200)).header('Session-Expires')).toBe('90;refresher=uac');
    }
    expect(endpoint.activeCalls).toBe(1);
  });
});

describe('session timers, calling (RFC 4028 7)', () => {
  const fast = { clock: fastClock(100) };

  it('offers half an hour, and asks again for longer after a 422', async () => {
    const { invite, reply, request } = await callPeer();
    expect(invite.header('Session-Expires')).toBe('1800');
    expect(invite.header('Supported')).toContain('timer');
    reply(invite, 422, { headers: ['Min-SE: 3600'] });
    await request('ACK');
    const again = await request('INVITE');
    expect(again.header('CSeq')).toBe('2 INVITE');
    expect(again.header('Session-Expires')).toBe('3600');
    expect(again.header('Min-SE')).toBe('3600');
    reply(again, 486);
  });

  it('refreshes when that is left to us', async () => {
    const { invite, reply, request } = await callPeer({}, fast);
    const headers = ['Session-Expires: 90;refresher=uac', 'Allow: INVITE, UPDATE'];
    reply(invite, 200, { body: peerAnswer(offer), headers });
    const update = await request('UPDATE');
    expect(update.header('Session-Expires')).toBe('90;refresher=uac');
    // Refused for another method: the re-INVITE comes at once.
    reply(update, 405);
    const refresh = await request('INVITE');
    expect(refresh.body).toBe(offer);
    reply(refresh, 422, { headers: ['Min-SE: 120'] });
    await request('ACK');
    const longer = await request('INVITE');
    expect(longer.header('Session-Expires')).toBe('120;refresher=uac');
    reply(longer, 200, { body: peerAnswer(offer), headers: ['Session-Expires: 120;refresher=uac'] });
    await request('ACK');
  });

  it('ends when the other side does not refresh', async () => {
    const ended = Promise.withResolvers<CallEnd>();
    const { invite, reply, request } = await callPeer({ handlers: { ended: ended.resolve } }, fast);
    reply(invite, 200, { body: peerAnswer(offer), headers: ['Session-Expires: 90;refresher=uas', 'Require: timer'] });
    const bye = await request('BYE');
    expect(bye.header('Reason')).toContain('cause=408');
    reply(bye, 200);
    expect(await ended.promise).toMatchObject({ by: 'session_timer' });
  });

  it('has no timer with a side that knows none', async () => {
    const { endpoint, peer, invite, reply, request } = await callPeer({}, fast);
    reply(invite, 200, { body: peerAnswer(offer) });
    await request('ACK');
    expect(await peer.during(700)).toEqual([]);
    expect(endpoint.activeCalls).toBe(1);
  });
});

describe('a refresh that meets a hold (lesson of calls that died at half of their interval)', () => {
  it('is put off, and both get through', async () => {
    const { say, request, reply, response } = await callEndpoint(
      (call) => {
        call.handle({ offered: () => answerFor(call) });
        call.answer(answerFor(call));
      },
      {
        headers: ['Supported: timer', 'Session-Expires: 90', 'Allow: INVITE, ACK, BYE'],
        endpoint: { clock: fastClock(100) },
      },
    );
    say('ACK', 2);
    const refresh = await request('INVITE');
    say('INVITE', 3, { body: offer });
    reply(refresh, 491);
    expect((await response(3, 'INVITE')).status).toBe(491);
    say('ACK', 3, { branch: 'z9hG4bK-ack-491' });
    const again = await request('INVITE');
    reply(again, 200, { body: peerAnswer(again.body), headers: ['Session-Expires: 90;refresher=uac'] });
    await request('ACK');
    say('INVITE', 4, { body: offer });
    expect((await response(4, 'INVITE')).status).toBe(200);
    say('ACK', 4);
  });
});
