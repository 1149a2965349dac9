import { describe, expect, it } from 'vitest';
import { SuccessRetransmission } from '../../src/dialog/success-retransmission.ts';
import type { SipResponse } from '../../src/message/message.ts';
import { parseMessage } from '../../src/message/parser.ts';
import { ClientTransaction } from '../../src/transaction/client-transaction.ts';
import { ServerTransaction } from '../../src/transaction/server-transaction.ts';
import { rfcTimerBases } from '../../src/transaction/timers.ts';
import { FakeClock } from '../support/fake-clock.ts';

function responseOf(status: number, method: string): SipResponse {
  const message = parseMessage(
    Buffer.from(
      `SIP/2.0 ${status} x\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>;tag=2\r\nCall-ID: x\r\nCSeq: 1 ${method}\r\n\r\n`,
    ),
  );
  if (message.kind !== 'response') throw new Error('not a response');
  return message;
}

function client(method: 'INVITE' | 'BYE', transport: 'udp' | 'tcp') {
  const clock = new FakeClock();
  const startMs = clock.nowMs();
  const sentAtMs: number[] = [];
  const heard: string[] = [];
  const transaction = new ClientTransaction({
    clock,
    bases: rfcTimerBases,
    invite: method === 'INVITE',
    flow: { transport, remoteAddress: '192.0.2.1', remotePort: 5060 },
    bytes: Buffer.from('request'),
    ackFor: () => Buffer.from('ack'),
    send: (bytes) => {
      if (bytes.toString() === 'ack') heard.push('ack sent');
      else sentAtMs.push(clock.nowMs() - startMs);
    },
    handlers: {
      response: ({ status }) => heard.push(String(status)),
      timeout: () => heard.push(`timeout at ${clock.nowMs() - startMs}`),
      transportError: () => heard.push('transport error'),
    },
    finished: () => heard.push('finished'),
  });
  transaction.begin();
  return {
    clock,
    transaction,
    sentAtMs,
    heard,
    receive: (status: number) => transaction.receive(responseOf(status, method)),
  };
}

function server(method: 'INVITE' | 'BYE', transport: 'udp' | 'tcp') {
  const clock = new FakeClock();
  const startMs = clock.nowMs();
  const sent: string[] = [];
  const state = { finishedAtMs: -1, acks: 0 };
  const transaction = new ServerTransaction(
    {
      clock,
      bases: rfcTimerBases,
      send: (_transaction, bytes) => sent.push(`${bytes} ${clock.nowMs() - startMs}`),
      ack: () => state.acks++,
      finished: () => {
        state.finishedAtMs = clock.nowMs() - startMs;
      },
    },
    {
      invite: method === 'INVITE',
      flow: { transport, remoteAddress: '192.0.2.1', remotePort: 5060 },
      key: 'key',
      copyKey: 'copy',
    },
  );
  const respond = (status: number) => transaction.respond(status, Buffer.from(String(status)));
  return { clock, transaction, sent, state, respond };
}

describe('client transactions', () => {
  it('A and B: an INVITE over UDP is repeated with doubling gaps and given up after 64*T1', () => {
    const { clock, sentAtMs, heard } = client('INVITE', 'udp');
    clock.advance(40_000);
    expect(sentAtMs).toEqual([0, 500, 1500, 3500, 7500, 15_500, 31_500]);
    expect(heard).toEqual(['finished', 'timeout at 32000']);
    expect(clock.running).toBe(0);
  });

  it('A does not run over TCP', () => {
    const { clock, sentAtMs, heard } = client('INVITE', 'tcp');
    clock.advance(40_000);
    expect(sentAtMs).toEqual([0]);
    expect(heard).toEqual(['finished', 'timeout at 32000']);
  });

  it('a provisional response stops A and B', () => {
    const { clock, sentAtMs, heard, receive } = client('INVITE', 'udp');
    receive(180);
    clock.advance(100_000);
    expect(sentAtMs).toEqual([0]);
    expect(heard).toEqual(['180']);
  });

  it('D: each repeated refusal gets the ACK again for 32 s', () => {
    const { clock, heard, receive } = client('INVITE', 'udp');
    receive(486);
    receive(486);
    clock.advance(31_999);
    receive(486);
    expect(heard).toEqual(['ack sent', '486', 'ack sent', 'ack sent']);
    clock.advance(1);
    expect(heard.at(-1)).toBe('finished');
    expect(clock.running).toBe(0);
  });

  it('D is nothing over TCP', () => {
    const { heard, receive, clock } = client('INVITE', 'tcp');
    receive(486);
    expect(heard).toEqual(['ack sent', '486', 'finished']);
    expect(clock.running).toBe(0);
  });

  it('M: each repeated 2xx reaches the caller for 64*T1', () => {
    const { clock, heard, receive } = client('INVITE', 'udp');
    receive(200);
    clock.advance(31_999);
    receive(200);
    clock.advance(1);
    receive(200);
    expect(heard).toEqual(['200', '200', 'finished']);
  });

  it('E and F: a BYE over UDP is repeated with gaps up to T2 and given up after 64*T1', () => {
    const { clock, sentAtMs, heard } = client('BYE', 'udp');
    clock.advance(40_000);
    expect(sentAtMs).toEqual([0, 500, 1500, 3500, 7500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500]);
    expect(heard).toEqual(['finished', 'timeout at 32000']);
  });

  it('E goes on every T2 after a provisional response, and F still ends it', () => {
    const { clock, sentAtMs, heard, receive } = client('BYE', 'udp');
    clock.advance(100);
    receive(100);
    clock.advance(40_000);
    expect(sentAtMs).toEqual([0, 500, 4500, 8500, 12_500, 16_500, 20_500, 24_500, 28_500]);
    expect(heard).toEqual(['100', 'finished', 'timeout at 32000']);
  });

  it('K: repeated final answers are absorbed for T4 over UDP and not at all over TCP', () => {
    const udp = client('BYE', 'udp');
    udp.receive(200);
    udp.receive(200);
    udp.clock.advance(4999);
    expect(udp.heard).toEqual(['200']);
    udp.clock.advance(1);
    expect(udp.heard).toEqual(['200', 'finished']);
    const tcp = client('BYE', 'tcp');
    tcp.receive(200);
    expect(tcp.heard).toEqual(['200', 'finished']);
  });

  it('a failed send ends the request', () => {
    const { transaction, heard, clock } = client('INVITE', 'udp');
    transaction.transportError();
    expect(heard).toEqual(['finished', 'transport error']);
    expect(clock.running).toBe(0);
  });
});

describe('server transactions', () => {
  it('replays the last provisional response to a repeated INVITE', () => {
    const { transaction, sent, respond } = server('INVITE', 'udp');
    respond(100);
    respond(180);
    transaction.retransmission();
    expect(sent).toEqual(['100 0', '180 0', '180 0']);
  });

  it('G and H: a refusal over UDP is repeated with gaps up to T2 until the ACK, and given up after 64*T1', () => {
    const { clock, sent, state, respond } = server('INVITE', 'udp');
    respond(486);
    clock.advance(40_000);
    const times = sent.map((line) => Number(line.split(' ')[1]));
    expect(times).toEqual([0, 500, 1500, 3500, 7500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500]);
    expect(state.finishedAtMs).toBe(32_000);
  });

  it('I: after the ACK, further ACKs are absorbed for T4, over TCP not at all', () => {
    const ack = parseAck();
    const udp = server('INVITE', 'udp');
    udp.respond(486);
    udp.transaction.ack(ack);
    udp.transaction.ack(ack);
    udp.clock.advance(10_000);
    expect(udp.sent).toEqual(['486 0']);
    expect(udp.state).toEqual({ finishedAtMs: 5000, acks: 0 });
    const tcp = server('INVITE', 'tcp');
    tcp.respond(486);
    tcp.transaction.ack(ack);
    expect(tcp.state.finishedAtMs).toBe(0);
    expect(tcp.clock.running).toBe(0);
  });

  it('L: after a 2xx repeated INVITEs are absorbed for 64*T1, on TCP too', () => {
    for (const transport of ['udp', 'tcp'] as const) {
      const { clock, transaction, sent, state, respond } = server('INVITE', transport);
      respond(200);
      transaction.retransmission();
      transaction.ack(parseAck());
      respond(200);
      respond(486);
      clock.advance(40_000);
      expect(sent).toEqual(['200 0', '200 0']);
      expect(state).toEqual({ finishedAtMs: 32_000, acks: 1 });
    }
  });

  it('J: the answer to a BYE is replayed for 64*T1 over UDP, over TCP nothing is kept', () => {
    const udp = server('BYE', 'udp');
    udp.transaction.retransmission();
    udp.respond(200);
    udp.clock.advance(20_000);
    udp.transaction.retransmission();
    udp.clock.advance(20_000);
    expect(udp.sent).toEqual(['200 0', '200 20000']);
    expect(udp.state.finishedAtMs).toBe(32_000);
    const tcp = server('BYE', 'tcp');
    tcp.respond(200);
    expect(tcp.state.finishedAtMs).toBe(0);
  });

  it('a CANCEL after the final answer changes nothing', () => {
    const { transaction, sent, respond } = server('INVITE', 'udp');
    transaction.onCancel(() => respond(487));
    respond(200);
    transaction.cancel(parseAck());
    expect(sent).toEqual(['200 0']);
  });
});

describe('2xx retransmission', () => {
  it('doubles from T1 to T2 and gives up after 64*T1', () => {
    const clock = new FakeClock();
    const startMs = clock.nowMs();
    const sentAtMs: number[] = [];
    let givenUpAtMs = -1;
    new SuccessRetransmission(
      { clock, bases: rfcTimerBases },
      {
        send: () => sentAtMs.push(clock.nowMs() - startMs),
        givenUp: () => {
          givenUpAtMs = clock.nowMs() - startMs;
        },
      },
    );
    clock.advance(40_000);
    expect(sentAtMs).toEqual([500, 1500, 3500, 7500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500]);
    expect(givenUpAtMs).toBe(32_000);
    expect(clock.running).toBe(0);
  });

  it('stops with the ACK', () => {
    const clock = new FakeClock();
    let sent = 0;
    const retransmission = new SuccessRetransmission(
      { clock, bases: rfcTimerBases },
      { send: () => sent++, givenUp() {} },
    );
    clock.advance(600);
    retransmission.stop();
    clock.advance(40_000);
    expect(sent).toBe(1);
    expect(clock.running).toBe(0);
  });
});

function parseAck() {
  const message = parseMessage(
    Buffer.from(
      'ACK sip:c@d SIP/2.0\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>;tag=2\r\nCall-ID: x\r\nCSeq: 1 ACK\r\n\r\n',
    ),
  );
  if (message.kind !== 'request') throw new Error('not a request');
  return message;
}
