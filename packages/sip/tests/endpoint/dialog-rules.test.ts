import { describe, expect, it } from 'vitest';
import type { CallEnd, IncomingCall, ReasonValue, SessionDescription } from '../../src/index.ts';
import { negotiateAudio, parseNameAddr, parseSdp } from '../../src/index.ts';
import { answerFor, authentication, offer } from '../support/endpoints.ts';
import { dial, endpointWith, sdpType } from '../support/raw-caller.ts';
import { authorizationFor, openTcpPeer, requestText } from '../support/raw-peer.ts';
import { callEndpoint } from '../support/scripted-call.ts';

describe('the called side', () => {
  it('replays its last answer to a repeated INVITE and starts no second call', async () => {
    let invites = 0;
    const { peer } = await endpointWith((call) => {
      invites++;
      call.ring();
    });
    const caller = await dial(peer);
    expect(caller.invite.status).toBe(180);
    for (let repeat = 0; repeat < 3; repeat++) {
      peer.send(requestText({ callId: caller.callId, sequence: 2, branch: caller.branch, port: peer.port }));
      expect((await peer.next()).text).toBe(caller.invite.text);
    }
    expect(invites).toBe(1);
  });

  it('sends the 200 again when the ACK is lost, over UDP and TCP', async () => {
    for (const transport of ['UDP', 'TCP']) {
      const acknowledged = Promise.withResolvers<void>();
      const { endpoint, peer: udp } = await endpointWith((call) => {
        call.handle({ acknowledged: () => acknowledged.resolve() });
        call.answer(answerFor(call));
      });
      const peer = transport === 'UDP' ? udp : await openTcpPeer(endpoint.port);
      const caller = await dial(peer, { transport });
      expect(caller.invite.status).toBe(200);
      expect((await peer.next()).text).toBe(caller.invite.text);
      caller.say('ACK', 2);
      await acknowledged.promise;
      expect(await peer.during(500)).toEqual([]);
    }
  });

  it('leaves the offer to us when the INVITE has none, and gets the answer with the ACK', async () => {
    const answered = Promise.withResolvers<SessionDescription | undefined>();
    const { peer } = await endpointWith((call) => {
      expect(call.offer).toBeUndefined();
      call.handle({ acknowledged: answered.resolve });
      call.answer(offer);
    });
    const caller = await dial(peer, { body: '' });
    expect(caller.invite.body).toBe(offer);
    const answer = negotiateAudio(parseSdp(offer), {
      address: '127.0.0.1',
      port: 9000,
      codecs: ['PCMA'],
      sessionId: 3,
    })?.answer;
    caller.say('ACK', 2, { headers: [sdpType], body: answer ?? '' });
    expect((await answered.promise)?.media[0]?.port).toBe(9000);
  });

  it('answers CANCEL with 200 and the INVITE with 487', async () => {
    const cancelled = Promise.withResolvers<readonly ReasonValue[]>();
    const { peer, endpoint } = await endpointWith((call) => {
      call.handle({ cancelled: cancelled.resolve });
      call.ring();
    });
    const caller = await dial(peer);
    caller.say('CANCEL', 2, {
      branch: caller.branch,
      headers: ['Reason: SIP;cause=200;text="Call completed elsewhere"'],
    });
    const heard = [await peer.next(), await peer.next()].map(({ status, header }) => `${status} ${header('CSeq')}`);
    expect(heard.sort()).toEqual(['200 2 CANCEL', '487 2 INVITE']);
    expect(await cancelled.promise).toEqual([{ protocol: 'SIP', cause: 200, text: 'Call completed elsewhere' }]);
    expect(endpoint.activeCalls).toBe(0);
  });

  it('answers CANCEL under the tag of the 487 (RFC 3261 9.2)', async () => {
    const { branch, say, peer } = await callEndpoint((call) => call.ring());
    say('CANCEL', 2, { branch });
    const tags = (await peer.during(60)).map(({ header }) => /;tag=(\w+)/.exec(header('To'))?.[1]);
    expect(tags.length).toBeGreaterThanOrEqual(2);
    expect(new Set(tags).size).toBe(1);
  });

  it('answers a CANCEL that comes after the 200 with 200 and does nothing else', async () => {
    const ended = Promise.withResolvers<CallEnd>();
    const { peer, endpoint } = await endpointWith((call) => {
      call.handle({ ended: ended.resolve, cancelled: () => ended.reject(new Error('cancelled')) });
      call.answer(answerFor(call));
    });
    const caller = await dial(peer);
    caller.say('CANCEL', 2, { branch: caller.branch });
    expect(await peer.next()).toMatchObject({ status: 200 });
    caller.say('ACK', 2);
    expect(endpoint.activeCalls).toBe(1);
    caller.say('BYE', 3);
    expect(await ended.promise).toMatchObject({ by: 'remote' });
  });

  it('answers a CANCEL for nothing with 481', async () => {
    const { peer } = await endpointWith(() => {});
    peer.send(requestText({ callId: 'never', method: 'CANCEL', port: peer.port }));
    expect((await peer.next()).status).toBe(481);
  });

  it('is cancelled while the credentials are looked up', async () => {
    const lookup = Promise.withResolvers<{ password: string; owner: string }>();
    let invites = 0;
    const { peer } = await endpointWith(() => invites++, {
      authentication: { ...authentication, findCredential: () => lookup.promise },
    });
    const branch = 'z9hG4bK-early-cancel';
    peer.send(
      requestText({
        callId: 'early',
        branch,
        port: peer.port,
        headers: [authorizationFor('realm="dialplane", nonce="x"', 'INVITE')],
      }),
    );
    await peer.next(({ status }) => status === 100);
    peer.send(requestText({ callId: 'early', branch, method: 'CANCEL', port: peer.port }));
    expect((await peer.next(({ status, header }) => status > 100 && header('CSeq') === '1 INVITE')).status).toBe(487);
    lookup.resolve({ password: 'secret', owner: 'o' });
    await peer.during(50);
    expect(invites).toBe(0);
  });

  it('ends a ringing call with BYE: 200, and 487 for the INVITE', async () => {
    const ended = Promise.withResolvers<CallEnd>();
    const { peer } = await endpointWith((call) => {
      call.handle({ ended: ended.resolve });
      call.ring();
    });
    const caller = await dial(peer);
    caller.say('BYE', 3);
    const heard = [await peer.next(), await peer.next()].map(({ status, header }) => `${status} ${header('CSeq')}`);
    expect(heard.sort()).toEqual(['200 3 BYE', '487 2 INVITE']);
    expect(await ended.promise).toMatchObject({ by: 'remote' });
  });

  it('waits for the ACK before its BYE (RFC 3261 15)', async () => {
    const { peer } = await endpointWith((call) => {
      call.answer(answerFor(call));
      void call.hangup();
    });
    const caller = await dial(peer);
    expect((await peer.during(200)).map(({ method }) => method)).not.toContain('BYE');
    caller.say('ACK', 2);
    expect((await peer.next(({ method }) => method !== '')).method).toBe('BYE');
  });

  it('sends its BYE along the recorded route and to where the caller was seen', async () => {
    const { peer } = await endpointWith((call) => {
      call.handle({ acknowledged: () => void call.hangup({ q850Cause: 16 }) });
      call.answer(answerFor(call));
    });
    const routes = ['Record-Route: <sip:near.example;lr>', 'Record-Route: <sip:far.example;lr>'];
    const caller = await dial(peer, { headers: routes });
    expect(caller.invite.text).toContain(
      'Record-Route: <sip:near.example;lr>\r\nRecord-Route: <sip:far.example;lr>\r\n',
    );
    caller.say('ACK', 2);
    const bye = await peer.next(({ method }) => method === 'BYE');
    expect(bye.text).toContain('Route: <sip:near.example;lr>\r\nRoute: <sip:far.example;lr>\r\n');
    expect(bye.text.startsWith(`BYE sip:raw@127.0.0.1:${peer.port} SIP/2.0`)).toBe(true);
    expect(bye.header('Reason')).toBe('Q.850;cause=16');
  });

  it('answers new offers, refuses what cannot be agreed on, and keeps order', async () => {
    const acknowledged = Promise.withResolvers<IncomingCall>();
    const { peer } = await endpointWith((call) => {
      call.handle({
        acknowledged: () => acknowledged.resolve(call),
        offered: (changed) =>
          negotiateAudio(changed, {
            address: '127.0.0.1',
            port: 41_000,
            codecs: ['PCMA'],
            sessionId: 2,
            sessionVersion: 2,
          })?.answer,
      });
      call.answer(answerFor(call));
    });
    const caller = await dial(peer);
    caller.say('INVITE', 3, { headers: [sdpType], body: offer });
    expect(await peer.next(({ status }) => status > 200)).toMatchObject({ status: 500 });
    caller.say('ACK', 3);
    caller.say('ACK', 2);
    const call = await acknowledged.promise;

    caller.say('INVITE', 4, { headers: [sdpType], body: offer.replace('a=sendrecv', 'a=sendonly') });
    const held = await peer.next(({ header }) => header('CSeq') === '4 INVITE');
    expect(held.status).toBe(200);
    expect(held.body).toContain('a=recvonly');
    caller.say('ACK', 4);

    caller.say('INVITE', 5);
    const repeated = await peer.next(({ header }) => header('CSeq') === '5 INVITE');
    expect(repeated.body).toBe(held.body);
    caller.say('ACK', 5);

    caller.say('UPDATE', 6, { headers: [sdpType], body: offer.replace('0 8 101', '18') });
    expect((await peer.next(({ header }) => header('CSeq') === '6 UPDATE')).status).toBe(488);
    caller.say('UPDATE', 7);
    expect(await peer.next(({ header }) => header('CSeq') === '7 UPDATE')).toMatchObject({ status: 200, body: '' });
    caller.say('OPTIONS', 8);
    expect((await peer.next(({ header }) => header('CSeq') === '8 OPTIONS')).status).toBe(200);
    caller.say('PUBLISH', 9);
    expect((await peer.next(({ header }) => header('CSeq') === '9 PUBLISH')).status).toBe(405);
    caller.say('OPTIONS', 3);
    expect((await peer.next(({ header }) => header('CSeq') === '3 OPTIONS')).status).toBe(500);
    expect(call.snapshot()).toMatchObject({ callId: caller.callId, role: 'uas', remoteSequence: 9 });
  });

  it('challenges requests of its dialog that come from another host', async () => {
    const { endpoint, peer } = await endpointWith((call) => call.answer(answerFor(call)), { host: '0.0.0.0' });
    const caller = await dial(peer);
    caller.say('ACK', 2);
    // The same dialog, said by another address of this machine.
    const { createSocket } = await import('node:dgram');
    const stranger = createSocket('udp4');
    const heard = Promise.withResolvers<string>();
    stranger.on('message', (bytes) => heard.resolve(bytes.toString()));
    await new Promise<void>((resolve) => stranger.bind(0, '127.0.0.2', resolve));
    const toTag = /;tag=([^;]+)/.exec(caller.invite.header('To'))?.[1] ?? '';
    stranger.send(
      requestText({
        callId: caller.callId,
        method: 'BYE',
        sequence: 3,
        toTag,
        port: stranger.address().port,
        via: 'SIP/2.0/UDP 127.0.0.2;rport',
      }),
      endpoint.port,
      '127.0.0.1',
    );
    expect((await heard.promise).startsWith('SIP/2.0 401')).toBe(true);
    stranger.close();
    expect(endpoint.activeCalls).toBe(1);
    caller.say('BYE', 3);
    expect((await peer.next(({ header }) => header('CSeq') === '3 BYE')).status).toBe(200);
    expect(endpoint.activeCalls).toBe(0);
  });

  it('names the address that faces the caller when it listens everywhere, or the one it is told', async () => {
    for (const [options, expected] of [
      [{ host: '0.0.0.0' }, '127.0.0.1'],
      [{ advertised: { host: 'sip.example.com', port: 5070, localNetworks: [] } }, 'sip.example.com'],
    ] as const) {
      const { peer } = await endpointWith((call) => call.answer(answerFor(call)), options);
      const caller = await dial(peer);
      expect(parseNameAddr(caller.invite.header('Contact')).uri.host).toBe(expected);
      caller.say('ACK', 2);
      caller.say('BYE', 3);
    }
  });
});
