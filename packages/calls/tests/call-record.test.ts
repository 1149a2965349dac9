import { expect, test } from 'vitest';
import { CallRecordWriter } from '../src/call-record.ts';
import type { OpenedCall } from '../src/directory.ts';
import type { CallEvent } from '../src/events.ts';

const call: OpenedCall = { id: 'c', orgId: 'o', sessionId: 's', startedAt: new Date(0), history: [] };
const event = (seq: number): CallEvent => ({ kind: 'digit', digit: '1', seq, atMs: seq });

test('events that come during a write are stored next, in order, in one batch', async () => {
  const batches: number[][] = [];
  let release: () => void = () => {};
  const first = new Promise<void>((resolve) => {
    release = resolve;
  });
  const writer = new CallRecordWriter(
    call,
    async (_, events) => {
      if (batches.length === 0) await first;
      batches.push(events.map(({ seq }) => seq));
    },
    () => {},
  );
  writer.add([event(0)]);
  writer.add([event(1), event(2)]);
  writer.add([event(3)]);
  release();
  await writer.settled();
  expect(batches).toEqual([[0], [1, 2, 3]]);
});

test('a store that is away for a moment loses nothing', async () => {
  const stored: number[] = [];
  let failures = 2;
  const writer = new CallRecordWriter(
    call,
    async (_, events) => {
      if (failures-- > 0) throw new Error('connection terminated');
      stored.push(...events.map(({ seq }) => seq));
    },
    () => {},
    [1, 1, 1],
  );
  writer.add([event(0), event(1)]);
  await writer.settled();
  expect(stored).toEqual([0, 1]);
});

test('a store that stays away is reported with the number of lost events', async () => {
  const lost: number[] = [];
  const writer = new CallRecordWriter(
    call,
    async () => {
      throw new Error('disk full');
    },
    (_, count) => lost.push(count),
    [1],
  );
  writer.add([event(0), event(1)]);
  await writer.settled();
  expect(lost).toEqual([2]);
});
