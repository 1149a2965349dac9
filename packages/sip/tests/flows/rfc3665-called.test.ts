import { describe, expect, it } from 'vitest';
import type { IncomingCall, IncomingCallHandlers, SipEndpointOptions } from '../../src/index.ts';
import { negotiateAudio } from '../../src/index.ts';
import { answerFor, authentication, offer, openEndpoint } from '../support/endpoints.ts';
import { fastClock } from '../support/fake-clock.ts';
import { authorizationFor } from '../support/raw-peer.ts';
import { ScriptedPeer } from './scripted-peer.ts';

const everybody: Partial<SipEndpointOptions> = {
  sourcePolicy: { isListed: () => true, identify: async () => ({ kind: 'known', owner: 'account', style: 'ip' }) },
};

const local = { address: '127.0.0.1', port: 41_000, codecs: ['PCMU', 'PCMA'], sessionId: 2 } as const;

/** Bob, who does with calls what he is told, and Alice, who is played by the script. */
async function scene(
  transport: 'UDP' | 'TCP',
  answer: (call: IncomingCall) => void,
  options: Partial<SipEndpointOptions> = everybody,
) {
  const notes: string[] = [];
  const handlers: IncomingCallHandlers = {
    acknowledged: () => notes.push('acknowledged'),
    cancelled: () => notes.push('cancelled'),
    ended: ({ by }) => notes.push(`ended by ${by}`),
    offered: (changed) => negotiateAudio(changed, local)?.answer,
  };
  const calls: IncomingCall[] = [];
  const endpoint = await openEndpoint({
    ...options,
    onInvite: (call) => {
      calls.push(call);
      call.handle(handlers);
      answer(call);
    },
  });
  return { alice: await ScriptedPeer.open(endpoint.port, transport), notes, calls, endpoint };
}

const pickUp = (call: IncomingCall) => {
  call.ring();
  call.answer(answerFor(call));
};

const tagged = /^<sip:bob@127\.0\.0\.1>;tag=\w+$/;

describe.each(['UDP', 'TCP'] as const)('RFC 3665 3, called over %s', (transport) => {
  it('3.1 successful session establishment', async () => {
    const { alice, notes } = await scene(transport, pickUp);
    alice.says('INVITE', { body: offer });
    await alice.hears('100 INVITE', { CSeq: '1 INVITE', From: '<sip:alice@127.0.0.1>;tag=alice' });
    await alice.hears('180 INVITE', { To: tagged, Contact: /^<sip:[\d.:]+(;transport=tcp)?>$/ });
    const answered = await alice.hears('200 INVITE', {
      To: tagged,
      'Content-Type': 'application/sdp',
      Allow: /\bBYE\b/,
    });
    expect(answered.body).toContain('m=audio 41000 RTP/AVP 0');
    alice.says('ACK');
    alice.says('BYE');
    await alice.hears('200 BYE', { CSeq: '2 BYE', To: tagged });
    expect(notes).toEqual(['acknowledged', 'ended by remote']);
  });

  it('3.2 session establishment through two proxies', async () => {
    const { alice, calls } = await scene(transport, pickUp);
    const via = [
      `${alice.via};branch=z9hG4bK2d`,
      'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK72',
      'SIP/2.0/TCP 192.0.2.9:5060;branch=z9hG4bK74',
    ];
    const route = `<sip:${alice.address};lr${transport === 'TCP' ? ';transport=tcp' : ''}>`;
    alice.says('INVITE', { via, headers: [`Record-Route: ${route}`, 'Record-Route: <sip:192.0.2.2;lr>'], body: offer });
    await alice.hears('100 INVITE');
    const recorded = `${route}, <sip:192.0.2.2;lr>`;
    await alice.hears('180 INVITE', { 'Record-Route': recorded });
    await alice.hears('200 INVITE', { 'Record-Route': recorded, Via: via.join(', ') });
    alice.says('ACK');
    await expect.poll(() => calls[0]?.snapshot().routeSet).toEqual([route, '<sip:192.0.2.2;lr>']);
    const ended = calls[0]?.hangup();
    await alice.hears('BYE', { Route: recorded, CSeq: '1 BYE', To: '<sip:alice@127.0.0.1>;tag=alice' });
    alice.answers(200, 'BYE');
    await ended;
  });

  it('3.3 session establishment with authentication', async () => {
    const { alice, notes } = await scene(transport, pickUp, { authentication });
    alice.says('INVITE', { body: offer });
    const challenge = await alice.hears('401 INVITE', { 'WWW-Authenticate': /^Digest realm="dialplane"/ });
    alice.acknowledgesRefusal();
    const authorization = authorizationFor(challenge.header('WWW-Authenticate'), 'INVITE');
    alice.says('INVITE', { headers: [authorization], body: offer });
    await alice.hears('100 INVITE', { CSeq: '2 INVITE' });
    await alice.hears('180 INVITE');
    await alice.hears('200 INVITE');
    alice.says('ACK');
    alice.says('BYE');
    await alice.hears('200 BYE', { CSeq: '3 BYE' });
    expect(notes).toEqual(['acknowledged', 'ended by remote']);
  });

  it('3.5 session through a SIP ALG: answers follow what was seen', async () => {
    const { alice } = await scene(transport, pickUp);
    const via = [`SIP/2.0/${transport} 10.1.3.33:5060;rport;branch=z9hG4bKkjhk`];
    alice.says('INVITE', { via, body: offer });
    const port = alice.address.split(':')[1];
    const marked = `SIP/2.0/${transport} 10.1.3.33:5060;rport=${port};branch=z9hG4bKkjhk;received=127.0.0.1`;
    await alice.hears('100 INVITE', { Via: marked });
    await alice.hears('180 INVITE', { Via: marked });
    await alice.hears('200 INVITE', { Via: marked });
    alice.says('ACK');
    alice.says('BYE');
    await alice.hears('200 BYE');
  });

  it('3.7 session with re-INVITE (change of address)', async () => {
    const { alice, notes } = await scene(transport, pickUp);
    alice.says('INVITE', { body: offer });
    await alice.hears('100 INVITE');
    await alice.hears('180 INVITE');
    await alice.hears('200 INVITE');
    alice.says('ACK');
    alice.says('INVITE', { body: offer.replaceAll('127.0.0.1', '192.0.2.103') });
    const answered = await alice.hears('200 INVITE', { CSeq: '2 INVITE', To: tagged });
    expect(answered.body).toContain('m=audio 41000');
    alice.says('ACK');
    alice.says('BYE');
    await alice.hears('200 BYE', { CSeq: '3 BYE' });
    expect(notes).toEqual(['acknowledged', 'ended by remote']);
  });

  it('3.8 unsuccessful: no answer', async () => {
    const { alice, notes } = await scene(transport, (call) => call.ring());
    alice.says('INVITE', { body: offer });
    await alice.hears('100 INVITE');
    await alice.hears('180 INVITE');
    alice.says('CANCEL');
    await alice.hears('200 CANCEL', { CSeq: '1 CANCEL' });
    await alice.hears('487 INVITE', { CSeq: '1 INVITE', To: tagged });
    alice.acknowledgesRefusal();
    await alice.hearsNothing();
    expect(notes).toEqual(['cancelled']);
  });

  it.each([
    ['3.9 unsuccessful: busy', 486],
    ['3.11 unsuccessful: temporarily unavailable', 480],
  ])('%s', async (_, status) => {
    const { alice, endpoint } = await scene(transport, (call) => call.refuse(status));
    alice.says('INVITE', { body: offer });
    await alice.hears('100 INVITE');
    await alice.hears(`${status} INVITE`, { CSeq: '1 INVITE', To: tagged });
    alice.acknowledgesRefusal();
    await alice.hearsNothing();
    expect(endpoint.activeCalls).toBe(0);
  });

  it('3.10 unsuccessful: nobody takes the call in time', async () => {
    const { alice, notes } = await scene(transport, (call) => call.ring(), { ...everybody, clock: fastClock(1000) });
    alice.says('INVITE', { body: offer });
    await alice.hears('100 INVITE');
    await alice.hears('180 INVITE');
    await alice.hears('480 INVITE', { To: tagged });
    alice.acknowledgesRefusal();
    expect(notes).toEqual(['ended by timeout']);
  });
});
