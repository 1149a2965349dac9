import { describe, expect, it } from 'vitest';
import type { CallEnd } from '../../src/index.ts';
import { offer } from '../support/endpoints.ts';
import { fastClock } from '../support/fake-clock.ts';
import { callPeer, peerAnswer } from '../support/scripted-call.ts';

const body = peerAnswer(offer);
const unwritable = 'WWW-Authenticate: Digest realm="r", nonce="a\0b", qop="auth"';

describe('a called side that wishes us ill', () => {
  it('ends its own call, and nothing else, with a challenge that cannot be answered', async () => {
    const ended = Promise.withResolvers<CallEnd>();
    const { call, endpoint, invite, reply, request } = await callPeer({ handlers: { ended: ended.resolve } });
    reply(invite, 200, { body });
    await request('ACK');
    void call.hangup();
    reply(await request('BYE'), 401, { headers: [unwritable] });
    expect(await ended.promise).toEqual({ by: 'local', status: 401 });
    expect(endpoint.activeCalls).toBe(0);
  });

  it('is not called again after such a challenge to the INVITE', async () => {
    const refused = Promise.withResolvers<number>();
    const { invite, reply } = await callPeer({ handlers: { refused: (status) => refused.resolve(status) } });
    reply(invite, 401, { headers: [unwritable] });
    expect(await refused.promise).toBe(401);
  });

  it('cannot make up phones without end', async () => {
    const { peer, invite, reply } = await callPeer();
    const headers = ['Require: 100rel', 'RSeq: 1'];
    for (let phone = 0; phone < 60; phone++) reply(invite, 183, { tag: `phone-${phone}`, headers, body });
    const pracks = (await peer.during(250)).filter(({ method }) => method === 'PRACK');
    expect(new Set(pracks.map(({ header }) => header('To'))).size).toBe(32);
  });

  it('keeps no INVITE alive that is cancelled and never answered (RFC 3261 9.1)', async () => {
    const ended = Promise.withResolvers<CallEnd>();
    const { call, peer, invite, reply, request } = await callPeer(
      { handlers: { ended: ended.resolve } },
      { clock: fastClock(200) },
    );
    reply(invite, 180);
    await new Promise((resolve) => setTimeout(resolve, 20));
    void call.hangup();
    reply(await request('CANCEL'), 200);
    expect(await ended.promise).toEqual({ by: 'local' });
    await peer.during(20);
    reply(invite, 486);
    // Its ACK would be that of a transaction that is still there.
    expect((await peer.during(60)).filter(({ method }) => method === 'ACK')).toEqual([]);
  });
});

describe('a called side that writes its headers badly', () => {
  it('is understood all the same: marks in Allow, Supported and Require lose no call', async () => {
    const answered = Promise.withResolvers<void>();
    const { call, invite, reply, request } = await callPeer({ handlers: { answered: () => answered.resolve() } });
    const headers = ['Allow: INVITE, "BYE', 'Supported: "timer', 'Require: "'];
    reply(invite, 183, { headers, body });
    reply(invite, 200, { headers, body });
    await request('ACK');
    await answered.promise;
    expect(call.peerAllows('INVITE')).toBe(true);
    void call.hangup();
    reply(await request('BYE'), 200);
  });
});

describe('a second phone that answers (RFC 3261 13.2.2.4)', () => {
  it('gets an ACK for each of its 200s, and one BYE', async () => {
    const { call, peer, invite, reply, request } = await callPeer();
    reply(invite, 200, { tag: 'one', body });
    await request('ACK');
    for (let copy = 0; copy < 3; copy++) reply(invite, 200, { tag: 'two', body });
    const heard = await peer.during(60);
    const ofSecond = heard.filter(({ header }) => header('To').includes('tag=two'));
    expect(ofSecond.filter(({ method }) => method === 'ACK')).toHaveLength(3);
    const byes = ofSecond.filter(({ method }) => method === 'BYE');
    expect(byes).toHaveLength(1);
    if (byes[0]) reply(byes[0], 200);
    void call.hangup();
    reply(await request('BYE'), 200);
  });
});
