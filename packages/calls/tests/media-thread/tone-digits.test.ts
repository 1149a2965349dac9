import { sine } from '@dialplane/audio';
import { expect, test } from 'vitest';
import { ToneDigits } from '../../src/media-thread/tone-digits.ts';

/** Low and high frequency of the key 5 (ITU-T Q.23). */
const FIVE_HZ = [770, 1336] as const;

function listen() {
  const digits: string[] = [];
  let nowMs = 0;
  const tones = new ToneDigits(
    (digit) => digits.push(digit),
    () => nowMs,
  );
  const [low, high] = FIVE_HZ.map((frequencyHz) =>
    sine({ frequencyHz, sampleRate: 8000, durationMs: 100, levelDbfs: -15 }),
  );
  /** 100 ms of the key and 100 ms of silence. */
  const press = () => {
    for (let at = 0; at < 1600; at += 160) {
      nowMs += 20;
      tones.hear(Int16Array.from({ length: 160 }, (_, i) => (low?.[at + i] ?? 0) + (high?.[at + i] ?? 0)));
    }
  };
  return { tones, digits, press };
}

test('keys in the sound are heard where telephone-event was not agreed', () => {
  const { tones, digits, press } = listen();
  press();
  tones.agree(true);
  press();
  press();
  expect(digits).toEqual(['5', '5']);
});

test('and not where it was', () => {
  const { tones, digits, press } = listen();
  tones.agree(false);
  press();
  expect(digits).toEqual([]);
});

test('a phone that signals its keys as well has each of them counted once', () => {
  const { tones, digits, press } = listen();
  tones.agree(true);
  press();
  expect(tones.signalled('5')).toBe(false);
  press();
  expect(tones.signalled('5')).toBe(true);
  expect(digits).toEqual(['5']);
});
