import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../src/clock.ts';

it('a timer that Node cannot count to does not fire at once (Session-Expires: 4294967)', async () => {
  let fired = 0;
  for (const delayMs of [2 ** 31, 4_294_967_000, 1e15]) {
    const timer = systemClock.start(delayMs, () => fired++);
    onTestFinished(() => timer.cancel());
  }
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(fired).toBe(0);
});
