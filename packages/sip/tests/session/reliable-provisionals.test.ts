import { describe, expect, it } from 'vitest';
import type { SessionDescription } from '../../src/index.ts';
import { answerFor, authentication, credentials, offer, openEndpoint } from '../support/endpoints.ts';
import { fastClock } from '../support/fake-clock.ts';
import { callEndpoint, callPeer, peerAnswer } from '../support/scripted-call.ts';

const required = { headers: ['Require: 100rel'] };

function rack(rseq: string): string[] {
  return [`RAck: ${rseq} 2 INVITE`];
}

describe('100rel, called (RFC 3262 3)', () => {
  it('repeats 180 until its PRACK, when the caller demands it', async () => {
    const { first, peer, say, response, call } = await callEndpoint((call) => call.ring(), required);
    expect(first).toMatchObject({ status: 180 });
    expect(first.header('Require')).toBe('100rel');
    expect((await peer.next()).text).toBe(first.text);
    const rseq = first.header('RSeq');
    for (const wrong of [`${Number(rseq) + 1} 2 INVITE`, `${rseq} 3 INVITE`, `${rseq} 2 BYE`, 'what', '']) {
      say('PRACK', 3, { headers: [`RAck: ${wrong}`], branch: `z9hG4bK-${Math.random()}` });
      expect((await response(3, 'PRACK')).status).toBe(481);
    }
    say('PRACK', 4, { headers: rack(rseq) });
    expect((await response(4, 'PRACK')).status).toBe(200);
    expect(await peer.during(300)).toEqual([]);
    say('PRACK', 5, { headers: rack(rseq) });
    expect((await response(5, 'PRACK')).status).toBe(481);
    call.answer(answerFor(call));
    expect((await response(2, 'INVITE', 200)).body).toContain('m=audio');
  });

  it('is acknowledged still when the 200 has overtaken it', async () => {
    const { first, say, response, call } = await callEndpoint((call) => call.ring(), required);
    call.answer(answerFor(call));
    await response(2, 'INVITE', 200);
    say('ACK', 2);
    say('PRACK', 3, { headers: rack(first.header('RSeq')) });
    expect((await response(3, 'PRACK')).status).toBe(200);
    say('PRACK', 4, { headers: rack(first.header('RSeq')) });
    expect((await response(4, 'PRACK')).status).toBe(481);
  });

  it('is sent one after the other, with numbers that count on', async () => {
    const { first, peer, say, response } = await callEndpoint((call) => {
      call.ring();
      call.ring();
    }, required);
    expect((await peer.during(250)).every(({ header }) => header('RSeq') === first.header('RSeq'))).toBe(true);
    say('PRACK', 3, { headers: rack(first.header('RSeq')) });
    await response(3, 'PRACK');
    const second = await response(2, 'INVITE', 180);
    expect(Number(second.header('RSeq'))).toBe(Number(first.header('RSeq')) + 1);
    say('PRACK', 4, { headers: rack(second.header('RSeq')) });
  });

  it('settles early media: the 200 waits for the PRACK and has nothing to add', async () => {
    const { first, peer, say, reply, request, response, call } = await callEndpoint((call) => {
      call.earlyMedia(answerFor(call));
      call.answer(answerFor(call));
    }, required);
    expect(first).toMatchObject({ status: 183 });
    expect(first.body).toContain('m=audio 41000');
    expect((await peer.during(250)).map(({ status }) => status)).not.toContain(200);
    say('PRACK', 3, { headers: rack(first.header('RSeq')) });
    expect(await response(2, 'INVITE', 200)).toMatchObject({ body: '' });
    say('ACK', 2);
    const change = call.change(offer);
    const invite = await request('INVITE');
    reply(invite, 200, { body: peerAnswer(offer) });
    expect(await change).toMatchObject({ kind: 'agreed' });
  });

  it('carries our offer when the caller made none, and the PRACK its answer', async () => {
    const answered = Promise.withResolvers<SessionDescription>();
    const { first, say, response } = await callEndpoint(
      (call) => {
        call.handle({ answerReceived: answered.resolve });
        call.earlyMedia(offer);
        call.answer(offer);
      },
      { ...required, body: '' },
    );
    expect(first.body).toBe(offer);
    say('PRACK', 3, { headers: rack(first.header('RSeq')), body: peerAnswer(offer) });
    expect((await answered.promise).media[0]?.port).toBe(9000);
    expect(await response(2, 'INVITE', 200)).toMatchObject({ body: '' });
    say('ACK', 2);
  });

  it('takes a new offer in a PRACK and answers it in the 200', async () => {
    const { first, say, response } = await callEndpoint((call) => {
      call.handle({ offered: () => answerFor(call) });
      call.earlyMedia(answerFor(call));
    }, required);
    say('PRACK', 3, { headers: rack(first.header('RSeq')), body: offer });
    expect((await response(3, 'PRACK', 200)).body).toContain('m=audio 41000');
  });

  it('is given up after 64*T1: 504', async () => {
    const ended = Promise.withResolvers<unknown>();
    const { response } = await callEndpoint(
      (call) => {
        call.handle({ ended: ended.resolve });
        call.ring();
      },
      { ...required, endpoint: { clock: fastClock(100) } },
    );
    expect((await response(2, 'INVITE', 504)).status).toBe(504);
    expect(await ended.promise).toMatchObject({ by: 'timeout' });
  });

  it('is cancelled while the PRACK for early media is awaited', async () => {
    const cancelled = Promise.withResolvers<unknown>();
    const { say, response, branch } = await callEndpoint((call) => {
      call.handle({ cancelled: cancelled.resolve });
      call.earlyMedia(answerFor(call));
      call.answer(answerFor(call));
    }, required);
    say('CANCEL', 2, { branch });
    expect((await response(2, 'INVITE', 487)).status).toBe(487);
    await cancelled.promise;
  });

  it.each([
    ['off', ['Require: 100rel'], false],
    ['allow', ['Supported: 100rel'], false],
    ['require', ['Supported: 100rel'], true],
    ['require', [], false],
  ] as const)('with policy %s for %j', async (policy, headers, reliable) => {
    const { first } = await callEndpoint(
      (call) => {
        call.reliability = policy;
        call.ring();
        if (reliable) void call.hangup();
      },
      { headers: [...headers] },
    );
    expect(first.header('RSeq') !== '').toBe(reliable);
  });

  it('shows early media unreliably too, and says the same in the 200', async () => {
    const { first, response, say } = await callEndpoint((call) => {
      call.earlyMedia(answerFor(call));
      call.answer('something else');
    });
    expect(first).toMatchObject({ status: 183 });
    expect((await response(2, 'INVITE', 200)).body).toBe(first.body);
    say('ACK', 2);
  });
});

describe('100rel, calling (RFC 3262 4)', () => {
  const reliable = (rseq: number) => ['Require: 100rel', `RSeq: ${rseq}`];

  it('acknowledges in order, once each, and ignores repeats and what came too early', async () => {
    const rung: string[] = [];
    const { peer, invite, reply, request } = await callPeer({
      handlers: { ringing: (response) => rung.push(response.headers.get('RSeq') ?? '') },
    });
    expect(invite.header('Supported')).toContain('100rel');
    reply(invite, 180, { headers: reliable(7) });
    const prack = await request('PRACK');
    expect(prack.header('RAck')).toBe('7 1 INVITE');
    expect(prack.header('CSeq')).toBe('2 PRACK');
    reply(prack, 200);
    reply(invite, 180, { headers: reliable(7) });
    reply(invite, 180, { headers: reliable(9) });
    expect((await peer.during(250)).map(({ method }) => method)).toEqual([]);
    reply(invite, 180, { headers: reliable(8) });
    const next = await request('PRACK');
    expect(next.header('RAck')).toBe('8 1 INVITE');
    reply(next, 200);
    expect(rung).toEqual(['7', '8']);
  });

  it('takes the answer of a reliable 183 for good', async () => {
    const early: (number | undefined)[] = [];
    const answered = Promise.withResolvers<number | undefined>();
    const { invite, reply, request } = await callPeer({
      handlers: {
        earlyMedia: (sdp) => early.push(sdp.media[0]?.port),
        answered: (sdp) => answered.resolve(sdp?.media[0]?.port),
      },
    });
    reply(invite, 183, { headers: reliable(1), body: peerAnswer(offer) });
    reply(await request('PRACK'), 200);
    reply(invite, 200);
    expect(await answered.promise).toBe(9000);
    expect(early).toEqual([9000]);
  });

  it('keeps the early media of two phones apart, and the 200 counts (forking)', async () => {
    const heard: string[] = [];
    const answered = Promise.withResolvers<number | undefined>();
    const { invite, reply } = await callPeer({
      handlers: {
        earlyMedia: (sdp, response) => heard.push(`${response.to.parameters.get('tag')} ${sdp.media[0]?.port}`),
        answered: (sdp) => answered.resolve(sdp?.media[0]?.port),
      },
    });
    const body = peerAnswer(offer);
    reply(invite, 183, { tag: 'one', body });
    reply(invite, 183, { tag: 'two', body: body.replace('9000', '9002') });
    reply(invite, 200, { tag: 'one', body: body.replace('9000', '9004') });
    expect(await answered.promise).toBe(9004);
    expect(heard).toEqual(['one 9000', 'two 9002']);
  });

  it('demands it, or does without', async () => {
    const demanding = await callPeer({ reliability: 'require' });
    expect(demanding.invite.header('Require')).toBe('100rel');
    const without = await callPeer({ reliability: 'off' });
    expect(without.invite.header('Supported')).not.toContain('100rel');
  });

  it('works with ourselves', async () => {
    const early = Promise.withResolvers<void>();
    const answered = Promise.withResolvers<number | undefined>();
    const callee = await openEndpoint({
      authentication,
      onInvite(call) {
        call.earlyMedia(answerFor(call));
        void early.promise.then(() => call.answer(answerFor(call)));
      },
    });
    const caller = await openEndpoint();
    const call = caller.call({
      target: `sip:callee@127.0.0.1:${callee.port}`,
      from: 'sip:caller@127.0.0.1',
      credentials,
      sdp: offer,
      reliability: 'require',
      handlers: { earlyMedia: () => early.resolve(), answered: (sdp) => answered.resolve(sdp?.media[0]?.port) },
    });
    expect(await answered.promise).toBe(41_000);
    await call.hangup();
  });
});

describe('preconditions (RFC 3312)', () => {
  it('are tolerated: the call is answered without them', async () => {
    const body = `${offer}a=curr:qos local none\r\na=des:qos mandatory local sendrecv\r\n`;
    const { first } = await callEndpoint((call) => call.ring(), { headers: ['Require: precondition'], body });
    expect(first.status).toBe(180);
  });
});
