import { describe, expect, test } from 'vitest';
import { createTickSchedule, type Ticker } from '../src/tick-schedule.ts';

const originMs = 1_000_000.25;

function failOnError(error: unknown): void {
  throw error;
}

/** A ticker that remembers when its ticks were due, from the origin. */
function recorder(): Ticker & { readonly ticks: number[]; readonly skips: number[] } {
  const ticks: number[] = [];
  const skips: number[] = [];
  return {
    ticks,
    skips,
    tick(nowMs, skipped) {
      ticks.push(nowMs - originMs);
      skips.push(skipped);
    },
  };
}

test('nothing is due while nobody is seated', () => {
  const schedule = createTickSchedule(originMs, failOnError);
  expect(schedule.nextDueMs).toBeUndefined();
  const seat = schedule.join(recorder(), originMs);
  expect(schedule.nextDueMs).toBe(originMs);
  seat.leave();
  expect(schedule.nextDueMs).toBeUndefined();
});

test('eight seats share four phases of 5 ms', () => {
  const schedule = createTickSchedule(originMs, failOnError);
  const seats = Array.from({ length: 8 }, () => recorder());
  for (const seat of seats) schedule.join(seat, originMs);
  for (let ms = 0; ms <= 60; ms += 1) schedule.run(originMs + ms);
  const firsts = seats.map(({ ticks }) => ticks[0]);
  expect(firsts).toEqual([0, 5, 10, 15, 0, 5, 10, 15]);
  expect(seats[1]?.ticks).toEqual([5, 25, 45]);
});

test('a seat that is left is given to the next who joins', () => {
  const schedule = createTickSchedule(originMs, failOnError);
  const seats = Array.from({ length: 8 }, () => schedule.join(recorder(), originMs));
  seats[2]?.leave();
  const late = recorder();
  schedule.join(late, originMs);
  schedule.run(originMs + 19);
  expect(late.ticks).toEqual([10]);
});

test('who joins an empty phase waits 20 ms at most and keeps to the grid', () => {
  const schedule = createTickSchedule(originMs, failOnError);
  const seat = recorder();
  schedule.join(seat, originMs + 33);
  expect(schedule.nextDueMs).toBe(originMs + 40);
  schedule.run(originMs + 40);
  expect(seat.ticks).toEqual([40]);
});

test('late runs do not shift later ticks', () => {
  const schedule = createTickSchedule(originMs, failOnError);
  const seat = recorder();
  schedule.join(seat, originMs);
  let nowMs = originMs;
  for (let i = 0; i < 500; i += 1) {
    schedule.run(nowMs);
    // A timer that is always up to 3 ms late.
    nowMs = (schedule.nextDueMs ?? 0) + (i % 4);
  }
  expect(seat.ticks).toEqual(Array.from({ length: 500 }, (_, i) => i * 20));
  expect(schedule.stats()).toMatchObject({ rounds: 500, skippedRounds: 0, maxLatenessMs: 3, p99LatenessMs: 4 });
});

test('a timer half a millisecond early runs what is due', () => {
  const schedule = createTickSchedule(originMs, failOnError);
  const seat = recorder();
  schedule.join(seat, originMs);
  schedule.run(originMs);
  schedule.run(originMs + 19);
  expect(seat.ticks).toEqual([0]);
  schedule.run(originMs + 19.6);
  expect(seat.ticks).toEqual([0, 20]);
});

describe('after the thread stood still', () => {
  test('for 50 ms, the missed ticks are caught up', () => {
    const schedule = createTickSchedule(originMs, failOnError);
    const seat = recorder();
    schedule.join(seat, originMs);
    schedule.run(originMs);
    schedule.run(originMs + 70);
    expect(seat.ticks).toEqual([0, 20, 40, 60]);
    expect(seat.skips).toEqual([0, 0, 0, 0]);
  });

  test('for a second, three ticks are caught up and the others told as skipped', () => {
    const schedule = createTickSchedule(originMs, failOnError);
    const seat = recorder();
    schedule.join(seat, originMs);
    schedule.run(originMs);
    schedule.run(originMs + 1000);
    expect(seat.ticks).toEqual([0, 960, 980, 1000]);
    expect(seat.skips).toEqual([0, 47, 0, 0]);
    expect(schedule.stats().skippedRounds).toBe(47);
    expect(schedule.nextDueMs).toBe(originMs + 1020);
  });

  test('the phases catch up in the order of time', () => {
    const schedule = createTickSchedule(originMs, failOnError);
    const due: number[] = [];
    for (let i = 0; i < 4; i += 1) schedule.join({ tick: (nowMs) => due.push(nowMs - originMs) }, originMs);
    schedule.run(originMs + 36);
    expect(due).toEqual([0, 5, 10, 15, 20, 25, 30, 35]);
  });
});

test('who throws does not stop the others', () => {
  const errors: [unknown, Ticker][] = [];
  const schedule = createTickSchedule(originMs, (error, ticker) => errors.push([error, ticker]));
  const broken: Ticker = {
    tick() {
      throw new Error('broken call');
    },
  };
  const others = Array.from({ length: 8 }, () => recorder());
  schedule.join(broken, originMs);
  for (const other of others) schedule.join(other, originMs);
  schedule.run(originMs + 15);
  expect(others.every(({ ticks }) => ticks.length === 1)).toBe(true);
  expect(errors).toEqual([[new Error('broken call'), broken]]);
});

test('leaving and joining in the middle of a round', () => {
  const schedule = createTickSchedule(originMs, failOnError);
  const joined = recorder();
  const victim = recorder();
  let ticks = 0;
  const first = schedule.join(
    {
      tick() {
        ticks += 1;
        first.leave();
        victimSeat.leave();
        schedule.join(joined, originMs);
      },
    },
    originMs,
  );
  for (let i = 0; i < 3; i += 1) schedule.join(recorder(), originMs);
  // Fifth seat: the same phase as the first.
  const victimSeat = schedule.join(victim, originMs);
  for (let ms = 0; ms <= 45; ms += 5) schedule.run(originMs + ms);
  expect(ticks).toBe(1);
  expect(victim.ticks).toEqual([]);
  expect(joined.ticks.length).toBeGreaterThanOrEqual(1);
  expect(schedule.stats().seats).toBe(4);
});

test('leaving twice frees one seat', () => {
  const schedule = createTickSchedule(originMs, failOnError);
  const seat = schedule.join(recorder(), originMs);
  schedule.join(recorder(), originMs);
  seat.leave();
  seat.leave();
  expect(schedule.stats().seats).toBe(1);
});
