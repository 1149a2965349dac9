import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DtmfDetector, decodeG711, encodeG711 } from '../src/index.ts';
import { pinkNoise, whiteNoise } from './noise.ts';

const ROWS_HZ = [697, 770, 852, 941];
const COLUMNS_HZ = [1209, 1336, 1477, 1633];
const KEYS = ['123A', '456B', '789C', '*0#D'];
const allKeys = KEYS.join('');

interface Key {
  readonly toneMs?: number;
  readonly pauseMs?: number;
  /** Level of each tone, dBFS. */
  readonly levelDbfs?: number;
  /** The high tone against the low one. */
  readonly twistDb?: number;
  /** Both tones are off by this share. */
  readonly offBy?: number;
}

function press(
  keys: string,
  { toneMs = 50, pauseMs = 50, levelDbfs = -13, twistDb = 0, offBy = 0 }: Key = {},
): Int16Array {
  const samples: number[] = new Array(400).fill(0);
  for (const key of keys) {
    const row = KEYS.findIndex((line) => line.includes(key));
    const lowHz = (ROWS_HZ[row] ?? 0) * (1 + offBy);
    const highHz = (COLUMNS_HZ[KEYS[row]?.indexOf(key) ?? 0] ?? 0) * (1 + offBy);
    const low = 32768 * Math.SQRT2 * 10 ** (levelDbfs / 20);
    const high = low * 10 ** (twistDb / 20);
    for (let i = 0; i < 8 * toneMs; i++) {
      samples.push(
        low * Math.sin((2 * Math.PI * lowHz * i) / 8000) + high * Math.sin((2 * Math.PI * highHz * i) / 8000),
      );
    }
    for (let i = 0; i < 8 * pauseMs; i++) samples.push(0);
  }
  return Int16Array.from([...samples, ...new Array(400).fill(0)]);
}

/** Through a mu-law line, in packets. */
function detect(sound: Int16Array): { digits: string; durationsMs: number[] } {
  const bytes = new Uint8Array(sound.length);
  const line = new Int16Array(sound.length);
  encodeG711('mu', sound, 0, sound.length, bytes, 0);
  decodeG711('mu', bytes, 0, bytes.length, line, 0);
  let digits = '';
  const durationsMs: number[] = [];
  const detector = new DtmfDetector((digit, durationMs) => {
    digits += digit;
    durationsMs.push(durationMs);
  });
  for (let from = 0; from < line.length; from += 160) detector.hear(line, from, Math.min(from + 160, line.length));
  return { digits, durationsMs };
}

function mixed(one: Int16Array, other: Int16Array): Int16Array {
  return one.map((sample, i) => Math.max(-32768, Math.min(32767, sample + (other[i] ?? 0))));
}

describe('keys are found', () => {
  it('all sixteen, in order, each once', () => {
    expect(detect(press(allKeys)).digits).toBe(allKeys);
  });

  it('pressed twice in a row', () => {
    expect(detect(press('11223344')).digits).toBe('11223344');
  });

  it('as short as Q.24 asks: 40 ms of tone, 40 ms of pause', () => {
    expect(detect(press(allKeys, { toneMs: 40, pauseMs: 40 })).digits).toBe(allKeys);
  });

  it('held for seconds, once, with their duration', () => {
    const { digits, durationsMs } = detect(press('5', { toneMs: 2000 }));
    expect(digits).toBe('5');
    expect(Math.abs((durationsMs[0] ?? 0) - 2000)).toBeLessThan(30);
  });

  it.each([-6, -3, 3])('with a twist of %i dB', (twistDb) => {
    expect(detect(press(allKeys, { twistDb })).digits).toBe(allKeys);
  });

  it.each([-3.2, -35])('at %f dBFS', (levelDbfs) => {
    expect(detect(press(allKeys, { levelDbfs: levelDbfs - 6 })).digits).toBe(allKeys);
  });

  it.each([-0.015, 0.015])('with tones off by %f', (offBy) => {
    expect(detect(press(allKeys, { offBy })).digits).toBe(allKeys);
  });

  it('with line noise 15 dB below', () => {
    const keys = press(allKeys);
    expect(detect(mixed(keys, whiteNoise(keys.length, -28))).digits).toBe(allKeys);
    expect(detect(mixed(keys, pinkNoise(keys.length, -28))).digits).toBe(allKeys);
  });
});

describe('what is no key', () => {
  it('is a tone of 12 ms', () => {
    expect(detect(press(allKeys, { toneMs: 12 })).digits).toBe('');
  });

  it('is a pair with a twist of 12 dB either way', () => {
    expect(detect(press(allKeys, { twistDb: 12 })).digits).toBe('');
    expect(detect(press(allKeys, { twistDb: -12 })).digits).toBe('');
  });

  it.each([350, 440, 697, 1209, 1400, 2100])('is a single tone of %i Hz', (hz) => {
    expect(
      detect(Int16Array.from({ length: 8000 }, (_, i) => 8000 * Math.sin((2 * Math.PI * hz * i) / 8000))).digits,
    ).toBe('');
  });

  it('is dial tone, ringback, busy tone and noise', () => {
    const pair = (one: number, other: number) =>
      Int16Array.from(
        { length: 8000 },
        (_, i) => 5000 * (Math.sin((2 * Math.PI * one * i) / 8000) + Math.sin((2 * Math.PI * other * i) / 8000)),
      );
    for (const [one, other] of [
      [350, 440],
      [440, 480],
      [480, 620],
    ] as const)
      expect(detect(pair(one, other)).digits).toBe('');
    expect(detect(whiteNoise(80_000, -20)).digits).toBe('');
    expect(detect(pinkNoise(80_000, -20)).digits).toBe('');
  });

  it.each(['rms-hours', 'rms-night', 'rms-six', 'slt-hours', 'slt-night', 'slt-six'])('is speech: %s', (name) => {
    const bytes = readFileSync(new URL(`./fixtures/speech/${name}.ulaw`, import.meta.url));
    const speech = new Int16Array(bytes.length);
    decodeG711('mu', bytes, 0, bytes.length, speech, 0);
    // At other speeds the same voice has other pitches: 31 voices out of one.
    for (let speed = 0.7; speed < 1.32; speed += 0.02) {
      const voice = Int16Array.from(
        { length: Math.floor(speech.length / speed) },
        (_, i) => speech[Math.floor(i * speed)] ?? 0,
      );
      expect(detect(voice).digits).toBe('');
    }
  });
});
