import { expect, test } from 'vitest';
import { createTokenBuckets } from '../src/api/rate-limits/token-buckets.ts';

function bucketsAt() {
  const clock = { ms: 1000 };
  const buckets = createTokenBuckets(() => clock.ms);
  return { clock, take: (client = 'a', cost = 1) => buckets.take(client, 60, cost) };
}

test('a minute of requests at once, then one each second', () => {
  const { clock, take } = bucketsAt();
  for (let left = 59; left >= 0; left -= 1) expect(take()).toMatchObject({ allowed: true, remaining: left });
  expect(take()).toEqual({ allowed: false, remaining: 0, resetMs: 60_000, retryAfterMs: 1000 });
  clock.ms += 400;
  expect(take()).toMatchObject({ allowed: false, retryAfterMs: 600 });
  clock.ms += 600;
  expect(take()).toMatchObject({ allowed: true, remaining: 0 });
  expect(take().allowed).toBe(false);
});

test('being refused costs nothing', () => {
  const { clock, take } = bucketsAt();
  for (let i = 0; i < 500; i += 1) take();
  clock.ms += 1000;
  expect(take().allowed).toBe(true);
});

test('clients are counted apart, and no more than a minute is saved up', () => {
  const { clock, take } = bucketsAt();
  take('a');
  expect(take('b').remaining).toBe(59);
  clock.ms += 3_600_000;
  expect(take('a').remaining).toBe(59);
});

test('looking takes nothing', () => {
  const { take } = bucketsAt();
  for (let i = 0; i < 100; i += 1) expect(take('a', 0)).toMatchObject({ allowed: true, remaining: 60 });
});
