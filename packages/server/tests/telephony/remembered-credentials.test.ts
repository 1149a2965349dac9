import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { rememberCredentials } from '../../src/telephony/remembered-credentials.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A store with one trunk whose answers take as long as told. */
function slowStore() {
  const store = { delayMs: 0, password: 'first', fails: false };
  const find = rememberCredentials(async (username) => {
    const { password, fails } = store;
    await new Promise((resolve) => setTimeout(resolve, store.delayMs));
    if (fails) throw new Error('the store is down');
    return username === 'org_1' ? { password, owner: 'trunk' } : undefined;
  });
  /** What is found, or what went wrong, and after how long. */
  const asked = async (username: string) => {
    const startMs = Date.now();
    const answer = find(username).then(
      (credential) => credential?.password ?? 'unknown',
      (error: Error) => error.message,
    );
    const [found] = await Promise.all([
      answer.then((text) => `${text} ${Date.now() - startMs}`),
      vi.runAllTimersAsync(),
    ]);
    return found;
  };
  return { store, asked };
}

it('a slow store turns nobody away who was known a minute ago', async () => {
  const { store, asked } = slowStore();
  expect(await asked('org_1')).toBe('first 0');
  store.delayMs = 20_000;
  expect(await asked('org_1')).toBe('first 1000');
});

it('a store in time is believed: a changed password counts at once', async () => {
  const { store, asked } = slowStore();
  expect(await asked('org_1')).toBe('first 0');
  store.password = 'second';
  store.delayMs = 900;
  expect(await asked('org_1')).toBe('second 900');
});

it('who was never known waits for the store', async () => {
  const { store, asked } = slowStore();
  store.delayMs = 20_000;
  expect(await asked('org_1')).toBe('first 20000');
  expect(await asked('stranger')).toBe('unknown 20000');
});

it('what was known long ago is forgotten', async () => {
  const { store, asked } = slowStore();
  expect(await asked('org_1')).toBe('first 0');
  vi.advanceTimersByTime(61_000);
  store.delayMs = 5000;
  expect(await asked('org_1')).toBe('first 5000');
});

it('a store that fails is told as such', async () => {
  const { store, asked } = slowStore();
  expect(await asked('org_1')).toBe('first 0');
  store.fails = true;
  expect(await asked('org_1')).toBe('the store is down 0');
});
