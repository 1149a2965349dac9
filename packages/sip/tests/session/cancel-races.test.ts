import { describe, expect, it } from 'vitest';
import type { CallEnd } from '../../src/index.ts';
import { answerFor, offer } from '../support/endpoints.ts';
import { fastClock } from '../support/fake-clock.ts';
import { callEndpoint, callPeer, peerAnswer } from '../support/scripted-call.ts';

/** Every order in which CANCEL, answers, ACK and BYE can meet (RFC 3261 9, 13, 15). */
describe('called', () => {
  it('CANCEL after the 200, before the ACK: 200 for it, and the call stands', async () => {
    const { endpoint, branch, say, response } = await callEndpoint((call) => call.answer(answerFor(call)));
    say('CANCEL', 2, { branch });
    expect((await response(2, 'CANCEL')).status).toBe(200);
    say('ACK', 2);
    expect(endpoint.activeCalls).toBe(1);
  });

  it('CANCEL twice: 200 both times, one 487', async () => {
    const { peer, branch, say } = await callEndpoint((call) => call.ring());
    say('CANCEL', 2, { branch });
    say('CANCEL', 2, { branch });
    const heard = (await peer.during(80)).map(({ status, header }) => `${status} ${header('CSeq')}`);
    expect(heard.filter((one) => one === '487 2 INVITE')).toHaveLength(1);
    expect(heard.filter((one) => one === '200 2 CANCEL')).toHaveLength(2);
  });

  it('an answer after the CANCEL changes nothing', async () => {
    const { peer, branch, say, call, response } = await callEndpoint((call) => call.ring());
    say('CANCEL', 2, { branch });
    await response(2, 'INVITE', 487);
    call.answer(answerFor(call));
    call.refuse(486);
    await call.hangup();
    expect((await peer.during(80)).every(({ status }) => status === 487 || status === 200)).toBe(true);
  });

  it('BYE before the ACK ends the call, and a late ACK is let go by', async () => {
    const ended = Promise.withResolvers<CallEnd>();
    const { peer, say, response } = await callEndpoint((call) => {
      call.handle({ ended: ended.resolve });
      call.answer(answerFor(call));
    });
    say('BYE', 3, { headers: ['Reason: Q.850;cause=31, SIP;cause=487;text="gone"'] });
    expect((await response(3, 'BYE')).status).toBe(200);
    expect(await ended.promise).toEqual({
      by: 'remote',
      reason: [
        { protocol: 'Q.850', cause: 31 },
        { protocol: 'SIP', cause: 487, text: 'gone' },
      ],
    });
    say('ACK', 2);
    expect(await peer.during(200)).toEqual([]);
  });

  it('an ACK that never comes ends the call with BYE after 64*T1', async () => {
    const ended = Promise.withResolvers<CallEnd>();
    const { request, reply } = await callEndpoint(
      (call) => {
        call.handle({ ended: ended.resolve });
        call.answer(answerFor(call));
      },
      { endpoint: { clock: fastClock(100) } },
    );
    reply(await request('BYE'), 200);
    expect(await ended.promise).toMatchObject({ by: 'timeout' });
  });

  it('an ACK for another INVITE does not stop the 200', async () => {
    const { first, say, response } = await callEndpoint((call) => call.answer(answerFor(call)));
    say('ACK', 7);
    expect((await response(2, 'INVITE')).text).toBe(first.text);
    say('ACK', 2);
  });
});

describe('calling', () => {
  const body = peerAnswer(offer);

  it('hanging up before anything came back waits for the first response with its CANCEL', async () => {
    const { call, peer, invite, reply, request } = await callPeer();
    const over = call.hangup({ sipCause: 487, q850Cause: 16, text: 'changed' });
    expect((await peer.during(60)).filter(({ method }) => method === 'CANCEL')).toEqual([]);
    reply(invite, 100);
    const cancel = await request('CANCEL');
    expect(cancel.header('CSeq')).toBe('1 CANCEL');
    expect(cancel.header('Reason')).toContain('cause=487');
    reply(cancel, 200);
    reply(invite, 487);
    await over;
  });

  it('a 200 that crosses the CANCEL gets its ACK and a BYE', async () => {
    const { call, invite, reply, request, endpoint } = await callPeer();
    reply(invite, 180);
    await new Promise((resolve) => setTimeout(resolve, 30));
    const over = call.hangup();
    reply(await request('CANCEL'), 200);
    reply(invite, 200, { body });
    await request('ACK');
    reply(await request('BYE'), 200);
    await over;
    expect(endpoint.activeCalls).toBe(0);
  });

  it('the same when both phones of a fork answer', async () => {
    const { call, invite, reply, request } = await callPeer();
    reply(invite, 180, { tag: 'one' });
    await new Promise((resolve) => setTimeout(resolve, 30));
    const over = call.hangup();
    reply(await request('CANCEL'), 200);
    for (const tag of ['one', 'two']) {
      reply(invite, 200, { tag, body });
      expect((await request('ACK')).header('To')).toContain(`tag=${tag}`);
      const bye = await request('BYE');
      expect(bye.header('To')).toContain(`tag=${tag}`);
      reply(bye, 200);
    }
    await over;
  });

  it('a refusal that crosses the CANCEL is the end', async () => {
    const ended = Promise.withResolvers<CallEnd>();
    const { call, invite, reply, request } = await callPeer({ handlers: { ended: ended.resolve } });
    reply(invite, 180);
    await new Promise((resolve) => setTimeout(resolve, 30));
    void call.hangup();
    reply(await request('CANCEL'), 481);
    reply(invite, 486);
    expect((await request('ACK')).header('CSeq')).toBe('1 ACK');
    expect(await ended.promise).toMatchObject({ by: 'local', status: 486 });
  });

  it('a 200 that comes again late is acknowledged again, also while our BYE waits', async () => {
    const answered = Promise.withResolvers<void>();
    const { call, invite, reply, request } = await callPeer({ handlers: { answered: () => answered.resolve() } });
    reply(invite, 200, { body });
    await request('ACK');
    await answered.promise;
    void call.hangup();
    const bye = await request('BYE');
    reply(invite, 200, { body });
    await request('ACK');
    reply(bye, 200);
  });

  it('a BYE of the called side before it has answered makes us cancel', async () => {
    const ended = Promise.withResolvers<CallEnd>();
    const { invite, reply, request, say, response } = await callPeer({ handlers: { ended: ended.resolve } });
    reply(invite, 183, { body });
    say('BYE', 1, { headers: ['Reason: Q.850;cause=17'] });
    expect((await response(1, 'BYE')).status).toBe(200);
    reply(await request('CANCEL'), 200);
    reply(invite, 487);
    expect(await ended.promise).toMatchObject({ by: 'remote', reason: [{ protocol: 'Q.850', cause: 17 }] });
  });
});
