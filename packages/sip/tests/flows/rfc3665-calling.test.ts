import { describe, expect, it } from 'vitest';
import { audioOffer, type OutgoingCall, type OutgoingCallOptions, type SipResponse } from '../../src/index.ts';
import { offer, openEndpoint } from '../support/endpoints.ts';
import { fastClock } from '../support/fake-clock.ts';
import { openUdpPeer } from '../support/raw-peer.ts';
import { listenForTcp } from './listening-peer.ts';
import { ScriptedPeer } from './scripted-peer.ts';

const answer = audioOffer({ address: '127.0.0.1', port: 43_000, codecs: ['PCMU'], sessionId: 3 });

/** Alice, who calls, and her proxy or Bob, played by the script. */
async function scene(transport: 'UDP' | 'TCP', options: Partial<OutgoingCallOptions> = {}, clock = fastClock(1)) {
  const alice = await openEndpoint({ clock });
  const peer = await (transport === 'UDP' ? openUdpPeer(alice.port) : listenForTcp());
  const callId = `flow-${peer.port}`;
  const bob = ScriptedPeer.at(peer, transport, callId);
  const notes: string[] = [];
  let refusal: SipResponse | undefined;
  const call: OutgoingCall = alice.call({
    target: `sip:bob@127.0.0.1:${peer.port}`,
    from: 'sip:alice@127.0.0.1',
    callId,
    sdp: offer,
    transport: transport === 'UDP' ? 'udp' : 'tcp',
    handlers: {
      trying: () => notes.push('trying'),
      ringing: ({ status }) => notes.push(`ringing ${status}`),
      answered: (sdp) => notes.push(`answered ${sdp?.media[0]?.port}`),
      refused: (status, _reason, response) => {
        refusal = response;
        notes.push(`refused ${status}`);
      },
      ended: ({ by }) => notes.push(`ended by ${by}`),
    },
    ...options,
  });
  return { alice, bob, call, notes, refusal: () => refusal };
}

const fromAlice = /^<sip:alice@127\.0\.0\.1>;tag=\w+$/;

describe.each(['UDP', 'TCP'] as const)('RFC 3665 3, calling over %s', (transport) => {
  it('3.1 successful session establishment', async () => {
    const { bob, notes } = await scene(transport);
    const invite = await bob.hears('INVITE', {
      CSeq: '1 INVITE',
      From: fromAlice,
      'Max-Forwards': '70',
      Contact: /^<sip:/,
    });
    expect(invite.body).toContain('m=audio 40000');
    bob.answers(180, 'INVITE');
    bob.answers(200, 'INVITE', { body: answer });
    await bob.hears('ACK', { CSeq: '1 ACK', To: /;tag=bob$/ });
    bob.says('BYE');
    await bob.hears('200 BYE', { CSeq: '1 BYE' });
    expect(notes).toEqual(['ringing 180', 'answered 43000', 'ended by remote']);
  });

  it('3.2 session establishment through two proxies: the route set is turned round', async () => {
    const { bob, call, notes } = await scene(transport);
    await bob.hears('INVITE');
    bob.answers(100, 'INVITE');
    const tcp = transport === 'TCP' ? ';transport=tcp' : '';
    const routes = ['Record-Route: <sip:192.0.2.2;lr>', `Record-Route: <sip:${bob.address};lr${tcp}>`];
    bob.answers(180, 'INVITE', { headers: routes });
    bob.answers(200, 'INVITE', { headers: routes, body: answer });
    const route = `<sip:${bob.address};lr${tcp}>, <sip:192.0.2.2;lr>`;
    await bob.hears('ACK', { Route: route });
    const ended = call.hangup();
    await bob.hears('BYE', { Route: route, CSeq: '2 BYE' });
    bob.answers(200, 'BYE');
    await ended;
    expect(notes).toEqual(['trying', 'ringing 180', 'answered 43000', 'ended by local']);
  });

  it('3.3 session with two challenges', async () => {
    const { bob, notes } = await scene(transport, { credentials: { username: 'alice', password: 'secret' } });
    await bob.hears('INVITE');
    const first = 'Proxy-Authenticate: Digest realm="atlanta", nonce="wf84", qop="auth", algorithm=MD5';
    bob.answers(407, 'INVITE', { headers: [first], tag: 'proxy' });
    await bob.hears('ACK', { CSeq: '1 ACK', To: /;tag=proxy$/ });
    await bob.hears('INVITE', { CSeq: '2 INVITE', 'Proxy-Authorization': /realm="atlanta"/ });
    bob.answers(100, 'INVITE');
    const second = 'Proxy-Authenticate: Digest realm="biloxi", nonce="c1e2", qop="auth", algorithm=MD5';
    bob.answers(407, 'INVITE', { headers: [second], tag: 'proxy2' });
    await bob.hears('ACK', { CSeq: '2 ACK' });
    await bob.hears('INVITE', { CSeq: '3 INVITE', 'Proxy-Authorization': /realm="atlanta".*realm="biloxi"/ });
    bob.answers(200, 'INVITE', { body: answer });
    await bob.hears('ACK', { CSeq: '3 ACK', To: /;tag=bob$/ });
    bob.says('BYE');
    await bob.hears('200 BYE');
    expect(notes).toEqual(['trying', 'answered 43000', 'ended by remote']);
  });

  it('3.4 session with a proxy that fails: 503 is told, for another place to be tried', async () => {
    const { bob, notes } = await scene(transport);
    await bob.hears('INVITE');
    bob.answers(503, 'INVITE', { headers: ['Retry-After: 0'] });
    await bob.hears('ACK', { CSeq: '1 ACK' });
    expect(notes).toEqual(['refused 503']);
  });

  it('3.6 session via redirect: the new Contact is told', async () => {
    const { bob, notes, refusal } = await scene(transport);
    await bob.hears('INVITE');
    bob.answers(302, 'INVITE', { headers: ['Contact: <sip:bob@192.0.2.7>'] });
    await bob.hears('ACK', { CSeq: '1 ACK', To: /;tag=bob$/ });
    expect(notes).toEqual(['refused 302']);
    expect(refusal()?.headers.get('Contact')).toBe('<sip:bob@192.0.2.7>');
  });

  it('3.7 session with re-INVITE of ours', async () => {
    const { bob, call } = await scene(transport);
    await bob.hears('INVITE');
    bob.answers(200, 'INVITE', { body: answer });
    await bob.hears('ACK');
    const changed = call.change(offer.replace('40000', '40002'));
    const again = await bob.hears('INVITE', { CSeq: '2 INVITE', From: fromAlice, To: /;tag=bob$/ });
    expect(again.body).toMatch(/m=audio 40002/);
    expect(again.body).toMatch(/^o=- 1 2 /m);
    bob.answers(200, 'INVITE', { body: answer });
    await bob.hears('ACK', { CSeq: '2 ACK' });
    expect(await changed).toMatchObject({ kind: 'agreed' });
    bob.says('BYE');
    await bob.hears('200 BYE');
  });

  it('3.8 unsuccessful: no answer', async () => {
    const { bob, call, notes } = await scene(transport);
    const invite = await bob.hears('INVITE');
    bob.answers(180, 'INVITE');
    await expect.poll(() => notes).toEqual(['ringing 180']);
    const ended = call.hangup();
    const cancel = await bob.hears('CANCEL', { CSeq: '1 CANCEL' });
    expect(cancel.header('Via')).toBe(invite.header('Via'));
    expect(cancel.header('To')).toBe(invite.header('To'));
    bob.answers(200, 'CANCEL');
    bob.answers(487, 'INVITE');
    await bob.hears('ACK', { CSeq: '1 ACK' });
    await ended;
    expect(notes).toEqual(['ringing 180', 'ended by local']);
  });

  it.each([
    ['3.9 unsuccessful: busy', 486],
    ['3.10 unsuccessful: no response from the user agent', 408],
    ['3.11 unsuccessful: temporarily unavailable', 480],
  ])('%s', async (_, status) => {
    const { alice, bob, notes } = await scene(transport);
    const invite = await bob.hears('INVITE');
    bob.answers(100, 'INVITE');
    bob.answers(status, 'INVITE');
    const ack = await bob.hears('ACK', { CSeq: '1 ACK', To: /;tag=bob$/ });
    expect(ack.header('Via')).toBe(invite.header('Via'));
    expect(notes).toEqual(['trying', `refused ${status}`]);
    expect(alice.activeCalls).toBe(0);
  });

  it('3.10 unsuccessful: no response at all', async () => {
    const { bob, notes } = await scene(transport, {}, fastClock(20));
    // Some of its repeats; when each of them comes is tested with the timers.
    const copies = transport === 'UDP' ? 4 : 1;
    for (let sent = 0; sent < copies; sent++) await bob.hears('INVITE', { CSeq: '1 INVITE' });
    await expect.poll(() => notes, { timeout: 10_000 }).toEqual(['refused 408']);
  });
});
