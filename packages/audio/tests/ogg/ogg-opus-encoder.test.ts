import { expect, test } from 'vitest';
import { OggOpusEncoder, sine, toneLevelDbfs } from '../../src/index.ts';
import { Decoder } from '../../src/opus-library.ts';
import { readPages } from './read-pages.ts';

const second = 8000;

/** One second on the left, then one on the right. */
function leftThenRight(): Int16Array {
  const samples = new Int16Array(2 * second * 2);
  const left = sine({ frequencyHz: 400, sampleRate: second, durationMs: 1000, levelDbfs: -12 });
  const right = sine({ frequencyHz: 1000, sampleRate: second, durationMs: 1000, levelDbfs: -12 });
  for (let i = 0; i < second; i++) {
    samples[2 * i] = left[i] ?? 0;
    samples[2 * (second + i) + 1] = right[i] ?? 0;
  }
  return samples;
}

test('pages have true checksums, run on, and decode to the tones on their channels at their times', () => {
  const encoder = new OggOpusEncoder({ sampleRate: 8000, channels: 2, serial: 7 });
  const samples = leftThenRight();
  const file = Buffer.concat([
    encoder.begin(),
    encoder.encode(samples.subarray(0, second * 2), second),
    encoder.encode(samples.subarray(second * 2), second),
    encoder.end(),
  ]);
  const pages = readPages(file);
  expect(pages.map(({ sequence }) => sequence)).toEqual(pages.map((_, i) => i));
  expect(pages.map(({ flags }) => flags)).toEqual([2, 0, 0, 0, 4]);
  expect(pages.at(-1)?.granule).toBe(2 * 48_000);
  const [head, tags, ...sound] = pages.flatMap(({ packets }) => packets);
  expect(head?.subarray(0, 8).toString()).toBe('OpusHead');
  expect(tags?.subarray(0, 8).toString()).toBe('OpusTags');
  expect(sound).toHaveLength(100);

  const decoder = new Decoder({ sample_rate: 8000, channels: 2 });
  const decoded = Buffer.concat(sound.map((packet) => Buffer.from(decoder.decode(packet))));
  const skipped = (head?.readUInt16LE(10) ?? 0) / 6;
  expect(skipped).toBeGreaterThan(0);
  const level = (channel: number, fromMs: number, toMs: number, frequencyHz: number) => {
    const [from, to] = [skipped + fromMs * 8, skipped + toMs * 8];
    const part = Int16Array.from({ length: to - from }, (_, i) => decoded.readInt16LE(4 * (from + i) + 2 * channel));
    return toneLevelDbfs(part, 8000, frequencyHz);
  };
  expect(level(0, 100, 900, 400)).toBeCloseTo(-12, 0);
  expect(level(1, 100, 900, 1000)).toBeLessThan(-50);
  expect(level(0, 1100, 1900, 400)).toBeLessThan(-50);
  expect(level(1, 1100, 1900, 1000)).toBeCloseTo(-12, 0);
});

test('what is no whole number of packets is refused', () => {
  const encoder = new OggOpusEncoder({ sampleRate: 8000, channels: 2, serial: 7 });
  expect(() => encoder.encode(new Int16Array(200), 100)).toThrow('20 ms');
});
