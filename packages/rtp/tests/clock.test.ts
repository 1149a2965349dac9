import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createMediaClock, sharedNowMs } from '../src/index.ts';

function failOnError(error: unknown): void {
  throw error;
}

test('ticks come 20 ms apart, and none after leaving', async () => {
  const clock = createMediaClock({ onError: failOnError });
  const due: number[] = [];
  const startedMs = sharedNowMs();
  const seat = clock.join({ tick: (nowMs) => due.push(nowMs) });
  await sleep(500);
  seat.leave();
  const count = due.length;
  const elapsedMs = sharedNowMs() - startedMs;
  // Loose on purpose: the machine may be busy, but no tick may be lost or doubled unless counted.
  expect(count + clock.stats().skippedRounds).toBeGreaterThanOrEqual(Math.floor(elapsedMs / 20) - 2);
  expect(count).toBeLessThanOrEqual(Math.ceil(elapsedMs / 20) + 1);
  for (let i = 1; i < due.length; i += 1) {
    const gapMs = (due[i] ?? 0) - (due[i - 1] ?? 0);
    expect(Math.abs(gapMs / 20 - Math.round(gapMs / 20))).toBeLessThan(1e-3);
    expect(gapMs).toBeGreaterThan(19);
  }
  await sleep(60);
  expect(due).toHaveLength(count);
  expect(clock.stats().seats).toBe(0);
});

test('a seat taken while the clock waits for a later phase is not late by it', async () => {
  const clock = createMediaClock({ onError: failOnError });
  const counts = [0, 0, 0, 0];
  const seats = counts.map((_, i) =>
    clock.join({
      tick() {
        counts[i] = (counts[i] ?? 0) + 1;
      },
    }),
  );
  await sleep(100);
  for (const seat of seats) seat.leave();
  expect(Math.min(...counts)).toBeGreaterThanOrEqual(3);
});

test('a thread that stands still brings no warning about negative waits', async () => {
  const warnings: Error[] = [];
  const warned = (warning: Error) => warnings.push(warning);
  process.on('warning', warned);
  const clock = createMediaClock({ onError: failOnError });
  let ticks = 0;
  const standStill = {
    tick() {
      ticks += 1;
      if (ticks > 1) return;
      const untilMs = performance.now() + 60;
      while (performance.now() < untilMs);
      // Joining arms the timer, now that something is overdue.
      other = clock.join({ tick: () => undefined });
    },
  };
  let other: { leave(): void } | undefined;
  const seat = clock.join(standStill);
  await sleep(150);
  seat.leave();
  other?.leave();
  process.off('warning', warned);
  expect(ticks).toBeGreaterThan(2);
  expect(warnings).toEqual([]);
});

test('what a ticker throws is reported with the ticker', async () => {
  const reported: unknown[] = [];
  const ticker = {
    tick() {
      throw new Error('broken call');
    },
  };
  const clock = createMediaClock({ onError: (error, from) => reported.push(error, from) });
  const seat = clock.join(ticker);
  await sleep(40);
  seat.leave();
  expect(reported.slice(0, 2)).toEqual([new Error('broken call'), ticker]);
});
