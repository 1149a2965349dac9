import { describe, expect, it } from 'vitest';
import type { IncomingCall } from '../../src/index.ts';
import { answerFor, openEndpoint } from '../support/endpoints.ts';
import { dial, endpointWith } from '../support/raw-caller.ts';
import { openTcpPeer, type RawPeer, requestText } from '../support/raw-peer.ts';

describe('one TCP connection', () => {
  it('that is gone is replaced by one to the Contact when the called side hangs up', async () => {
    const acknowledged = Promise.withResolvers<IncomingCall>();
    const { endpoint } = await endpointWith((call) => {
      call.handle({ acknowledged: () => acknowledged.resolve(call) });
      call.answer(answerFor(call));
    });
    const bye = Promise.withResolvers<string>();
    const contact = await openEndpoint({ onMessage: ({ bytes }) => bye.resolve(bytes.toString()) });
    const tcp = await openTcpPeer(endpoint.port);
    const caller = await dial({ ...tcp, port: contact.port }, { transport: 'TCP' });
    caller.say('ACK', 2);
    const call = await acknowledged.promise;
    tcp.end();
    await tcp.closed;
    void call.hangup();
    expect(await bye.promise).toMatch(
      new RegExp(`^BYE sip:raw@127.0.0.1:${contact.port};transport=tcp SIP/2.0\r\nVia: SIP/2.0/TCP`),
    );
  });

  it('carries two calls at once, however its segments are cut', async () => {
    const ends: string[] = [];
    const { endpoint } = await endpointWith((call) => {
      call.handle({ ended: ({ by }) => ends.push(by) });
      call.answer(answerFor(call));
    });
    const tcp = await openTcpPeer(endpoint.port);
    const pending: string[] = [];
    const collecting: RawPeer = { ...tcp, send: (message) => void pending.push(message.toString()) };
    const flush = async (pieces: number) => {
      const bytes = Buffer.from(pending.splice(0).join(''));
      for (let at = 0; at < bytes.length; at += Math.ceil(bytes.length / pieces)) {
        tcp.send(bytes.subarray(at, at + Math.ceil(bytes.length / pieces)));
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    };
    const first = await dial(tcp, { transport: 'TCP' });
    const second = await dial(tcp, { transport: 'TCP' });
    expect([first.invite.status, second.invite.status]).toEqual([200, 200]);
    for (const caller of [first, second]) caller.say('ACK', 2, { from: collecting });
    await flush(1);
    expect(endpoint.activeCalls).toBe(2);
    for (const caller of [first, second]) caller.say('BYE', 3, { from: collecting });
    await flush(7);
    for (const { callId } of [first, second]) {
      expect(
        (await tcp.next((message) => message.callId === callId && message.header('CSeq') === '3 BYE')).status,
      ).toBe(200);
    }
    expect(ends).toEqual(['remote', 'remote']);
  });

  it('answers keepalives, and is closed when its framing breaks', async () => {
    const { endpoint } = await endpointWith(() => {});
    const tcp = await openTcpPeer(endpoint.port);
    tcp.send('\r\n\r\n');
    tcp.send(requestText({ callId: 'a', method: 'OPTIONS', port: tcp.port, transport: 'TCP' }));
    expect((await tcp.next()).status).toBe(200);
    expect(tcp.pongs()).toBe(1);
    tcp.send('OPTIONS sip:a@h SIP/2.0\r\nTo: x\r\n\r\n');
    await tcp.closed;
  });

  it('gets a 400 for a message that is framed well and written badly, and stays open', async () => {
    const { endpoint } = await endpointWith(() => {});
    const tcp = await openTcpPeer(endpoint.port);
    tcp.send(
      requestText({ callId: 'bad', method: 'OPTIONS', port: tcp.port, transport: 'TCP' }).replace('CSeq: 1', 'CSeq: x'),
    );
    expect((await tcp.next()).status).toBe(400);
    tcp.send(requestText({ callId: 'good', method: 'OPTIONS', port: tcp.port, transport: 'TCP' }));
    expect((await tcp.next()).status).toBe(200);
  });
});
