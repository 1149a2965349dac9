import { expect, test } from 'vitest';
import { createDigitReceiver } from '../src/digit-receiver.ts';
import { createDigitSender } from '../src/digit-sender.ts';

interface Sent {
  readonly tick: number;
  readonly event: number;
  readonly end: boolean;
  readonly duration: number;
  readonly timestamp: number;
  readonly first: boolean;
}

/** Runs the sender for some ticks; audio timestamps begin at 10,000 and grow by 160. */
function run(sender: ReturnType<typeof createDigitSender>, ticks: number): Sent[] {
  const sent: Sent[] = [];
  const payload = Buffer.alloc(4);
  for (let tick = 0; tick < ticks; tick += 1) {
    if (!sender.tick(payload, 0, 10_000 + tick * 160)) continue;
    sent.push({
      tick,
      event: payload.readUInt8(0),
      end: (payload.readUInt8(1) & 0x80) !== 0,
      duration: payload.readUInt16BE(2),
      timestamp: sender.timestamp,
      first: sender.first,
    });
  }
  return sent;
}

test('a key: duration grows, timestamp stands, three end packets', () => {
  const sender = createDigitSender();
  expect(sender.press('5', 80, 8000)).toBe(true);
  expect(sender.busy).toBe(true);
  const sent = run(sender, 10);
  expect(sent.map(({ duration }) => duration)).toEqual([160, 320, 480, 640, 640, 640]);
  expect(sent.map(({ end }) => end)).toEqual([false, false, false, true, true, true]);
  expect(sent.map(({ first }) => first)).toEqual([true, false, false, false, false, false]);
  expect(new Set(sent.map(({ timestamp }) => timestamp))).toEqual(new Set([10_000]));
  expect(sent.every(({ event }) => event === 5)).toBe(true);
  expect(sender.busy).toBe(false);
});

test('between two keys there are 60 ms of sound', () => {
  const sender = createDigitSender();
  sender.press('1', 40, 8000);
  sender.press('1', 40, 8000);
  const sent = run(sender, 20);
  expect(sent.filter(({ first }) => first).map(({ tick }) => tick)).toEqual([0, 7]);
  expect(sent.filter(({ first }) => first).map(({ timestamp }) => timestamp)).toEqual([10_000, 10_000 + 7 * 160]);
});

test('a duration that is no multiple of 20 ms is kept', () => {
  const sender = createDigitSender();
  sender.press('*', 50, 8000);
  expect(run(sender, 6).map(({ duration }) => duration)).toEqual([160, 320, 400, 400, 400]);
});

test('a key too short to be heard is made longer', () => {
  const sender = createDigitSender();
  sender.press('#', 1, 8000);
  expect(run(sender, 6).at(-1)?.duration).toBe(320);
});

test('what is no key is refused', () => {
  const sender = createDigitSender();
  for (const nothing of ['E', '', '12', '+', ' ']) expect(sender.press(nothing, 100, 8000)).toBe(false);
  expect(sender.busy).toBe(false);
});

test('what is sent is received', () => {
  const keys = '0123456789*#ABCD';
  const digits: string[] = [];
  const receiver = createDigitReceiver((digit, durationMs) => digits.push(`${digit} ${durationMs}`));
  const sender = createDigitSender();
  for (const key of keys) sender.press(key.toLowerCase(), 100, 8000);
  const payload = Buffer.alloc(4);
  for (let tick = 0; sender.busy; tick += 1) {
    if (sender.tick(payload, 0, tick * 160)) receiver.packet(payload, 0, 4, sender.timestamp);
    receiver.tick();
  }
  expect(digits).toEqual([...keys].map((key) => `${key} 100`));
});
