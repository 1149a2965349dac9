import { describe, expect, it } from 'vitest';
import { answerFor, authentication, credentials, offer, openEndpoint } from '../support/endpoints.ts';
import { openUdpPeer } from '../support/raw-peer.ts';
import { callEndpoint, callPeer, peerAnswer } from '../support/scripted-call.ts';

const routes = (text: string) =>
  text
    .split('\r\n')
    .filter((line) => line.startsWith('Route:'))
    .map((line) => line.slice('Route: '.length));

const near = '<sip:near.example;lr>';
const far = '<sip:far.example;lr>';
/** The strict router of RFC 2543 has no `lr`. */
const strict = '<sip:strict.example>';

describe('behind two proxies (RFC 3261 12.1, 12.2.1.1)', () => {
  it('called, requests take the recorded route in its order', async () => {
    const { first, say, call, request, reply, peer } = await callEndpoint((call) => call.answer(answerFor(call)), {
      headers: [`Record-Route: ${near}, ${far}`],
    });
    expect(first.text).toContain(`Record-Route: ${near}, ${far}\r\n`);
    say('ACK', 2);
    await peer.during(20);
    const change = call.change(offer);
    const invite = await request('INVITE');
    expect(routes(invite.text)).toEqual([near, far]);
    expect(invite.text).toMatch(new RegExp(`^INVITE sip:raw@127.0.0.1:${peer.port} SIP/2.0`));
    reply(invite, 200, { body: peerAnswer(offer) });
    expect(routes((await request('ACK')).text)).toEqual([near, far]);
    await change;
    void call.hangup();
    expect(routes((await request('BYE')).text)).toEqual([near, far]);
  });

  it('calling, requests take it backwards: ACK, PRACK, re-INVITE, BYE', async () => {
    const answered = Promise.withResolvers<void>();
    const { invite, call, request, reply } = await callPeer({ handlers: { answered: () => answered.resolve() } });
    const recorded = [`Record-Route: ${far}`, `Record-Route: ${near}`];
    reply(invite, 183, { body: peerAnswer(offer), headers: [...recorded, 'Require: 100rel', 'RSeq: 1'] });
    const prack = await request('PRACK');
    expect(routes(prack.text)).toEqual([near, far]);
    reply(prack, 200);
    reply(invite, 200, { headers: recorded });
    expect(routes((await request('ACK')).text)).toEqual([near, far]);
    await answered.promise;
    void call.change(offer.replace('a=sendrecv', 'a=inactive'));
    const again = await request('INVITE');
    expect(routes(again.text)).toEqual([near, far]);
    reply(again, 200, { body: peerAnswer(offer) });
    void call.hangup();
    expect(routes((await request('BYE')).text)).toEqual([near, far]);
  });

  it('calling, the route of the 200 counts, not that of the 183 (RFC 3261 13.2.2.4)', async () => {
    const { invite, request, reply } = await callPeer();
    reply(invite, 183, { body: peerAnswer(offer), headers: [`Record-Route: ${far}`] });
    reply(invite, 200, { body: peerAnswer(offer), headers: [`Record-Route: ${near}`] });
    expect(routes((await request('ACK')).text)).toEqual([near]);
  });

  it('a re-INVITE changes the target and never the route', async () => {
    const { say, call, request, peer, response } = await callEndpoint(
      (call) => {
        call.handle({ offered: () => offer });
        call.answer(answerFor(call));
      },
      { headers: [`Record-Route: ${near}`] },
    );
    say('ACK', 2);
    say('INVITE', 3, { body: offer, headers: [`Record-Route: ${far}`] });
    await response(3, 'INVITE', 200);
    say('ACK', 3);
    await peer.during(20);
    void call.hangup();
    expect(routes((await request('BYE')).text)).toEqual([near]);
  });
});

describe('a strict router (RFC 3261 12.2.1.1)', () => {
  it('becomes the Request-URI, and the target the last route, in both roles', async () => {
    const called = await callEndpoint((call) => call.answer(answerFor(call)), {
      headers: [`Record-Route: ${strict}, ${far}`],
    });
    called.say('ACK', 2);
    await called.peer.during(20);
    void called.call.hangup();
    const bye = await called.request('BYE');
    expect(bye.text).toMatch(/^BYE sip:strict.example SIP\/2.0/);
    expect(routes(bye.text)).toEqual([far, `<sip:raw@127.0.0.1:${called.peer.port}>`]);

    const calling = await callPeer();
    calling.reply(calling.invite, 200, {
      body: peerAnswer(offer),
      headers: [`Record-Route: ${far}`, `Record-Route: ${strict}`],
    });
    const ack = await calling.request('ACK');
    expect(ack.text).toMatch(/^ACK sip:strict.example SIP\/2.0/);
    expect(routes(ack.text)).toEqual([far, `<sip:callee@127.0.0.1:${calling.peer.port}>`]);
  });
});

describe('the flow the peer was seen on (NAT)', () => {
  it('takes requests and ACKs of the called side, whatever the Contact says', async () => {
    const { say, call, request, peer, reply } = await callEndpoint((call) => call.answer(answerFor(call)));
    say('ACK', 2, { headers: ['Contact: <sip:inside@10.0.0.7:5060>'] });
    await peer.during(20);
    const change = call.change(offer);
    const invite = await request('INVITE');
    reply(invite, 200, { body: peerAnswer(offer), headers: ['Contact: <sip:inside@10.0.0.7:5060>'] });
    // Addressed to the inside, sent to where it came from.
    expect((await request('ACK')).text).toMatch(/^ACK sip:inside@10.0.0.7:5060 SIP/);
    await change;
  });

  it('moves with the peer', async () => {
    const { endpoint, say, call, peer, first } = await callEndpoint((call) => call.answer(answerFor(call)));
    say('ACK', 2);
    await peer.during(20);
    const moved = await openUdpPeer(endpoint.port);
    const toTag = /;tag=([^;]+)/.exec(first.header('To'))?.[1];
    moved.send(
      [
        'OPTIONS sip:a@127.0.0.1 SIP/2.0',
        `Via: SIP/2.0/UDP 127.0.0.1:${moved.port};rport;branch=z9hG4bK-moved`,
        'From: <sip:raw@127.0.0.1>;tag=raw',
        `To: <sip:+12025550100@127.0.0.1>;tag=${toTag}`,
        `Call-ID: ${call.callId}`,
        'CSeq: 3 OPTIONS',
        'Content-Length: 0\r\n\r\n',
      ].join('\r\n'),
    );
    expect((await moved.next()).status).toBe(200);
    void call.hangup();
    const bye = await moved.next(({ method }) => method === 'BYE');
    moved.send(bye.text.replace(/^BYE \S+ SIP\/2.0/, 'SIP/2.0 200 OK'));
  });
});

describe('IPv6', () => {
  it('stands in brackets in Contact, Via and the target, and calls go both ways', async () => {
    const messages: string[] = [];
    const ended = Promise.withResolvers<void>();
    const callee = await openEndpoint({
      host: '::1',
      authentication,
      onMessage: ({ bytes }) => messages.push(bytes.toString()),
      onInvite(call) {
        call.handle({ acknowledged: () => void call.hangup() });
        call.answer(answerFor(call));
      },
    });
    const caller = await openEndpoint({ host: '::1' });
    caller.call({
      target: `sip:callee@[::1]:${callee.port}`,
      from: 'sip:caller@[::1]',
      credentials,
      sdp: offer,
      handlers: { ended: () => ended.resolve() },
    });
    await ended.promise;
    expect(messages.find((text) => text.startsWith('SIP/2.0 200'))).toContain(`Contact: <sip:[::1]:${callee.port}>`);
    expect(messages.find((text) => text.startsWith('BYE'))).toMatch(
      new RegExp(`^BYE sip:\\[::1\\]:${caller.port} SIP/2.0\r\nVia: SIP/2.0/UDP \\[::1\\]:${callee.port};`),
    );
  });
});
