import { expect, onTestFinished, test } from 'vitest';
import { gaugeOverload, isNowOverloaded } from '../src/overload.ts';

test.each([
  [false, 199, false],
  [false, 200, true],
  [true, 199, true],
  [true, 50, true],
  [true, 49, false],
])('overloaded before: %s, lag %i ms, overloaded now: %s', (before, lagMs, now) => {
  expect(isNowOverloaded(before, lagMs)).toBe(now);
});

test('a thread that keeps being held up is overloaded, and relieved when it is let be', async () => {
  const changes: boolean[] = [];
  const gauge = gaugeOverload((isOverloaded) => changes.push(isOverloaded));
  onTestFinished(() => gauge.close());
  const work = setInterval(() => {
    const untilMs = performance.now() + 250;
    while (performance.now() < untilMs);
  }, 1);
  await expect.poll(() => changes, { timeout: 8000, interval: 500 }).toEqual([true]);
  expect(gauge.isOverloaded).toBe(true);
  clearInterval(work);
  await expect.poll(() => changes, { timeout: 8000, interval: 200 }).toEqual([true, false]);
}, 20_000);
