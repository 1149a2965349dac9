import { describe, expect, it } from 'vitest';
import { ClientTransaction, type ClientTransactionSnapshot } from '../../src/transaction/client-transaction.ts';
import { ServerTransaction, type ServerTransactionSnapshot } from '../../src/transaction/server-transaction.ts';
import { rfcTimerBases } from '../../src/transaction/timers.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { responseWith } from '../support/messages.ts';

const flow = { transport: 'udp', remoteAddress: '192.0.2.1', remotePort: 5060 } as const;

function asJson<T>(snapshot: T): T {
  return JSON.parse(JSON.stringify(snapshot));
}

/** A client transaction on a clock, with a diary that its successor goes on with. */
function client(clock: FakeClock, invite: boolean, diary: string[], restored?: ClientTransactionSnapshot) {
  const startMs = 1_700_000_000_000;
  const note = (text: string) => void diary.push(`${clock.nowMs() - startMs} ${text}`);
  return new ClientTransaction(
    {
      clock,
      bases: rfcTimerBases,
      invite,
      flow,
      bytes: restored ? Buffer.from(restored.bytes, 'base64') : Buffer.from('request'),
      ackFor: () => Buffer.from('ack'),
      send: (bytes) => note(String(bytes)),
      handlers: {
        response: ({ status }) => note(String(status)),
        timeout: () => note('timeout'),
        transportError: () => note('transport error'),
      },
      finished: () => note('finished'),
    },
    restored,
  );
}

function server(clock: FakeClock, invite: boolean, diary: string[], restored?: ServerTransactionSnapshot) {
  const startMs = 1_700_000_000_000;
  return new ServerTransaction(
    {
      clock,
      bases: rfcTimerBases,
      send: (_transaction, bytes) => void diary.push(`${clock.nowMs() - startMs} ${bytes}`),
      ack: () => void diary.push('ack'),
      finished: () => void diary.push(`${clock.nowMs() - startMs} finished`),
    },
    { invite, flow, key: 'key', copyKey: 'copy' },
    restored,
  );
}

/** A clock of another process that shows the same time. */
function sameTime(clock: FakeClock): FakeClock {
  const other = new FakeClock();
  other.advance(clock.nowMs() - other.nowMs());
  return other;
}

const moments = [1, 500, 700, 3499, 3501, 12_000, 31_600, 31_999];

describe('a transaction that goes on in another process keeps its schedule', () => {
  it.each([true, false])('of an unanswered request, INVITE: %s', (invite) => {
    const expected: string[] = [];
    const clock = new FakeClock();
    client(clock, invite, expected).begin();
    clock.advance(40_000);
    for (const moment of moments) {
      const diary: string[] = [];
      const before = new FakeClock();
      const first = client(before, invite, diary);
      first.begin();
      before.advance(moment);
      const snapshot = asJson(first.snapshot());
      first.stop();
      const after = sameTime(before);
      client(after, invite, diary, snapshot);
      after.advance(40_000);
      expect(diary).toEqual(expected);
      expect(after.running).toBe(0);
    }
  });

  it('of a refused INVITE: the ACK is sent again without the response that made it', () => {
    const diary: string[] = [];
    const clock = new FakeClock();
    const first = client(clock, true, diary);
    first.begin();
    first.receive(responseWith(486));
    const second = client(sameTime(clock), true, diary, asJson(first.snapshot()));
    first.stop();
    second.receive(responseWith(486));
    expect(diary).toEqual(['0 request', '0 ack', '0 486', '0 ack']);
    expect(second.state).toBe('completed');
  });

  it.each([
    [true, 486],
    [true, 180],
    [false, 200],
  ])('of an answered request, INVITE: %s with %d', (invite, status) => {
    const run = (moment: number | undefined) => {
      const diary: string[] = [];
      let clock = new FakeClock();
      let transaction = server(clock, invite, diary);
      transaction.respond(status, Buffer.from(`response ${status}`));
      if (moment !== undefined) {
        clock.advance(moment);
        const snapshot = asJson(transaction.snapshot());
        transaction.stop();
        clock = sameTime(clock);
        transaction = server(clock, invite, diary, snapshot);
        clock.advance(32_000 - moment);
      } else clock.advance(32_000);
      transaction.retransmission();
      clock.advance(10_000);
      return { diary, refused: transaction.isRefused, open: transaction.isOpen };
    };
    for (const moment of moments) expect(run(moment)).toEqual(run(undefined));
  });

  it('and a state nobody knows is refused', () => {
    const snapshot = server(new FakeClock(), true, []).snapshot();
    expect(() => server(new FakeClock(), true, [], { ...snapshot, state: 'dreaming' })).toThrow(RangeError);
  });
});
