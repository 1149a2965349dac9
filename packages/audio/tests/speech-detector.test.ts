import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeG711, loadSilero, type SileroRuntime, SpeechDetector, sine } from '../src/index.ts';
import sentences from './fixtures/speech/sentences.json' with { type: 'json' };
import { pinkNoise, whiteNoise } from './noise.ts';

const FRAME = 160;
const PER_MS = 8;
const LEAD = 1500 * PER_MS;

interface Observed {
  /** When `speaking` became true and false, and what the detector then gave as begin and end, in samples. */
  readonly onsets: { readonly seenAt: number; readonly sample: number }[];
  readonly ends: { readonly seenAt: number; readonly sample: number }[];
  /** `silenceMs` after each frame. */
  readonly silenceMs: number[];
  readonly longestRunMs: number;
  readonly levelDbfs: number;
  readonly noiseFloorDbfs: number;
}

let runtime: SileroRuntime;

beforeAll(async () => {
  runtime = await loadSilero();
});

function observe(signal: Int16Array): Observed {
  const detector = new SpeechDetector(runtime);
  const onsets: Observed['onsets'] = [];
  const ends: Observed['ends'] = [];
  const silenceMs: number[] = [];
  let longestRunMs = 0;
  let speaking = false;
  for (let from = 0; from + FRAME <= signal.length; from += FRAME) {
    detector.hear(signal.subarray(from, from + FRAME));
    if (detector.speaking && !speaking) onsets.push({ seenAt: detector.position, sample: detector.onsetSample });
    if (!detector.speaking && speaking) ends.push({ seenAt: detector.position, sample: detector.lastSpeechSample });
    speaking = detector.speaking;
    silenceMs.push(detector.silenceMs);
    longestRunMs = Math.max(longestRunMs, detector.speechRunMs);
  }
  const { levelDbfs, noiseFloorDbfs } = detector;
  detector.close();
  return { onsets, ends, silenceMs, longestRunMs, levelDbfs, noiseFloorDbfs };
}

function speech(file: string): Int16Array {
  const payload = readFileSync(new URL(`fixtures/speech/${file}`, import.meta.url));
  const samples = new Int16Array(payload.length);
  decodeG711('mu', payload, 0, payload.length, samples, 0);
  return samples;
}

function joined(...parts: readonly Int16Array[]): Int16Array {
  return Int16Array.from(parts.flatMap((part) => [...part]));
}

function mixed(a: Int16Array, b: Int16Array): Int16Array {
  return a.map((sample, i) => sample + (b[i] ?? 0));
}

const silence = (ms: number) => new Int16Array(ms * PER_MS);

/** First and last sound of a clean sentence at -22 dBFS: 5 ms within 30 dB of its level. */
function audible(samples: Int16Array): { from: number; to: number } {
  const loud: number[] = [];
  const block = 5 * PER_MS;
  for (let from = 0; from + block <= samples.length; from += block) {
    const power = samples.subarray(from, from + block).reduce((sum, sample) => sum + sample * sample, 0) / block;
    if (10 * Math.log10(power / 0x8000 ** 2) > -52) loud.push(from);
  }
  return { from: loud[0] ?? 0, to: (loud.at(-1) ?? 0) + block };
}

describe.each(sentences)('the speech detector on "$text" ($file)', ({ file, wordsToSample }) => {
  const words = speech(file);
  const truth = audible(words);
  const signal = joined(silence(1500), words, silence(1500));

  it('finds one speech, its begin and its end within 30 ms', () => {
    const { onsets, ends, levelDbfs } = observe(signal);
    expect(onsets).toHaveLength(1);
    expect(ends).toHaveLength(1);
    expect(Math.abs((onsets[0]?.sample ?? 0) - LEAD - truth.from)).toBeLessThanOrEqual(30 * PER_MS);
    expect(Math.abs((ends[0]?.sample ?? 0) - LEAD - truth.to)).toBeLessThanOrEqual(30 * PER_MS);
    // No later than the voice's own phone labels say.
    expect((ends[0]?.sample ?? 0) - LEAD - wordsToSample).toBeLessThanOrEqual(30 * PER_MS);
    expect(levelDbfs).toBeGreaterThan(-28);
    expect(levelDbfs).toBeLessThan(-20);
  });

  it('notices begin and end soon enough', () => {
    const { onsets, ends } = observe(signal);
    expect((onsets[0]?.seenAt ?? 0) - LEAD - truth.from).toBeLessThanOrEqual(200 * PER_MS);
    expect((ends[0]?.seenAt ?? 0) - LEAD - truth.to).toBeLessThanOrEqual(300 * PER_MS);
  });

  it('never takes a closure inside the words for the end', () => {
    const { silenceMs } = observe(signal);
    const inside = silenceMs.slice(Math.ceil((LEAD + truth.from) / FRAME) + 10, Math.floor((LEAD + truth.to) / FRAME));
    expect(Math.max(...inside)).toBeLessThan(250);
  });

  it.each([
    ['white', whiteNoise(signal.length, -50)],
    ['pink', pinkNoise(signal.length, -42)],
  ])('finds it in %s noise of a bad line', (_, noise) => {
    const { onsets, ends, noiseFloorDbfs } = observe(mixed(signal, noise));
    expect(onsets).toHaveLength(1);
    expect(Math.abs((onsets[0]?.sample ?? 0) - LEAD - truth.from)).toBeLessThanOrEqual(30 * PER_MS);
    const late = (ends[0]?.sample ?? 0) - LEAD - truth.to;
    expect(late).toBeLessThanOrEqual(30 * PER_MS);
    // A last "s" may drown in the noise.
    expect(late).toBeGreaterThanOrEqual(-120 * PER_MS);
    expect(noiseFloorDbfs).toBeGreaterThan(-56);
    expect(noiseFloorDbfs).toBeLessThan(-40);
  });
});

describe('the speech detector', () => {
  it('hears two sentences as two, and goes on where it was', () => {
    const first = speech('rms-hours.ulaw');
    const second = speech('slt-six.ulaw');
    const { onsets, ends } = observe(joined(silence(1500), first, silence(1000), second, silence(1000)));
    expect(onsets).toHaveLength(2);
    expect(ends).toHaveLength(2);
    const secondStart = LEAD + first.length + 1000 * PER_MS;
    expect(Math.abs((onsets[1]?.sample ?? 0) - secondStart - audible(second).from)).toBeLessThanOrEqual(30 * PER_MS);
    expect(Math.abs((ends[1]?.sample ?? 0) - secondStart - audible(second).to)).toBeLessThanOrEqual(30 * PER_MS);
  });

  it('stays in speech over a closure of 150 ms inside a word', () => {
    const words = speech('rms-night.ulaw');
    const middle = Math.round(words.length / 2);
    const stretched = joined(
      silence(1500),
      words.subarray(0, middle),
      silence(150),
      words.subarray(middle),
      silence(1000),
    );
    const { onsets, longestRunMs } = observe(stretched);
    expect(onsets).toHaveLength(1);
    expect(longestRunMs).toBeGreaterThan(words.length / PER_MS - 200);
  });

  it('still hears speech after a minute of nothing, and after one of noise', () => {
    const words = speech('slt-hours.ulaw');
    for (const minute of [silence(60_000), whiteNoise(60_000 * PER_MS, -45)]) {
      const { onsets } = observe(joined(minute, words, silence(500)));
      expect(onsets).toHaveLength(1);
      expect(Math.abs((onsets[0]?.sample ?? 0) - minute.length - audible(words).from)).toBeLessThanOrEqual(40 * PER_MS);
    }
  });

  it('counts silence from the start of the call until somebody speaks', () => {
    expect(observe(silence(2000)).silenceMs.at(-1)).toBe(2000);
  });

  const tones = (...frequencies: readonly number[]) =>
    frequencies
      .map((frequencyHz) => sine({ frequencyHz, sampleRate: 8000, durationMs: 4000, levelDbfs: -18 }))
      .reduce(mixed);
  const clicks = new Int16Array(10_000 * PER_MS);
  for (let i = 0; i < 20; i++) clicks.fill(i % 2 === 0 ? 12_000 : -12_000, i * 4000, i * 4000 + 8);

  it.each([
    ['silence', silence(30_000)],
    ['the least a line can carry', Int16Array.from({ length: 80_000 }, (_, i) => (i % 7 === 0 ? 8 : 0))],
    ['white noise at -40 dBFS', whiteNoise(30_000 * PER_MS, -40)],
    ['pink noise at -40 dBFS', pinkNoise(30_000 * PER_MS, -40)],
    ['a dial tone', tones(350, 440)],
    ['a ringing tone', tones(440, 480)],
    ['a busy tone', tones(480, 620)],
    ['a tone of 1 kHz', tones(1000)],
    ['the key 5', tones(770, 1336)],
    ['mains hum', tones(50, 100, 150)],
    ['clicks', clicks],
  ])('hears no speech in %s', (_, signal) => {
    expect(observe(signal).onsets).toHaveLength(0);
  });

  it('refuses a frame it cannot divide into blocks, and use after close', () => {
    const detector = new SpeechDetector(runtime);
    expect(() => detector.hear(new Int16Array(100))).toThrow(expect.objectContaining({ code: 'frame_length' }));
    detector.close();
    const twoFrames = new Int16Array(2 * FRAME);
    expect(() => detector.hear(twoFrames)).toThrow(expect.objectContaining({ code: 'audio_closed' }));
  });
});
