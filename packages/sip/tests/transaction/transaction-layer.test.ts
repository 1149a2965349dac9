import { describe, expect, it } from 'vitest';
import { SipHeaders } from '../../src/message/headers.ts';
import type { SipRequest } from '../../src/message/message.ts';
import { parseMessage } from '../../src/message/parser.ts';
import { responseBytes } from '../../src/message/response.ts';
import { rfcTimerBases } from '../../src/transaction/timers.ts';
import { MOST_SERVER_TRANSACTIONS, TransactionLayer } from '../../src/transaction/transaction-layer.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { requestText } from '../support/raw-peer.ts';

const flow = { transport: 'udp', remoteAddress: '192.0.2.1', remotePort: 5060 } as const;

function requestOf(text: string): SipRequest {
  const message = parseMessage(Buffer.from(text));
  if (message.kind !== 'request') throw new Error('not a request');
  return message;
}

describe('transaction layer', () => {
  it('keeps nothing of finished transactions after their timers', () => {
    const clock = new FakeClock();
    const layer = new TransactionLayer({
      clock,
      bases: rfcTimerBases,
      send() {},
      request: (request, transaction) => {
        const status = request.method === 'INVITE' && request.cseq.number % 2 === 0 ? 486 : 200;
        transaction.respond(status, responseBytes(request, status, { toTag: 't' }));
      },
      overflow() {},
      ack() {},
    });
    for (let index = 0; index < 200; index++) {
      for (const method of ['INVITE', 'BYE']) {
        layer.receiveRequest(
          requestOf(requestText({ callId: `c${index}`, method, sequence: index, port: 5060 })),
          flow,
          flow,
        );
      }
      const headers = new SipHeaders().append('Call-ID', 'x').append('CSeq', `${index} OPTIONS`);
      const ignored = { response() {}, timeout() {}, transportError() {} };
      layer.sendRequest({ method: 'OPTIONS', uri: 'sip:a@h', headers }, { flow, address: '192.0.2.2' }, ignored);
    }
    expect(layer.size).toBe(600);
    clock.advance(32_000);
    expect(layer.size).toBe(0);
    expect(clock.running).toBe(0);
  });

  it('is full at some point: then requests are turned away, and those of calls wait', () => {
    const clock = new FakeClock();
    let taken = 0;
    const turnedAway: string[] = [];
    const layer = new TransactionLayer({
      clock,
      bases: rfcTimerBases,
      send() {},
      request: () => taken++,
      overflow: (request) => turnedAway.push(request.callId),
      ack() {},
    });
    const invite = requestOf(requestText({ callId: 'flood', port: 5060 }));
    for (let index = 0; index < MOST_SERVER_TRANSACTIONS; index++) {
      const via = { ...invite.via, parameters: new Map([['branch', `z9hG4bK${index}`]]) };
      layer.receiveRequest({ ...invite, via, callId: `flood-${index}` }, flow, flow);
    }
    layer.receiveRequest(requestOf(requestText({ callId: 'one-more', port: 5060 })), flow, flow);
    layer.receiveRequest(requestOf(requestText({ callId: 'bye', method: 'BYE', toTag: 't', port: 5060 })), flow, flow);
    expect([taken, turnedAway]).toEqual([MOST_SERVER_TRANSACTIONS, ['one-more']]);
    layer.close();
    expect(layer.size).toBe(0);
  });

  it('matches RFC 2543 peers without a usable branch, and their ACK', () => {
    const clock = new FakeClock();
    let requests = 0;
    let sent = 0;
    const layer = new TransactionLayer({
      clock,
      bases: rfcTimerBases,
      send: () => sent++,
      request: (request, transaction) => {
        requests++;
        transaction.respond(486, responseBytes(request, 486, { toTag: 't' }));
      },
      overflow() {},
      ack() {},
    });
    const old = { callId: 'old', branch: 'old-style', port: 5060 };
    layer.receiveRequest(requestOf(requestText(old)), flow, flow);
    layer.receiveRequest(requestOf(requestText(old)), flow, flow);
    layer.receiveRequest(requestOf(requestText({ ...old, method: 'ACK', toTag: 't' })), flow, flow);
    clock.advance(40_000);
    expect([requests, sent, layer.size]).toEqual([1, 2, 0]);
  });
});
