import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { AudioError, loadResampler, type ResamplerFactory, rmsDbfs, sine, toneLevelDbfs } from '../src/index.ts';
import { sineSnrDb } from './sine-fit.ts';

let factory: ResamplerFactory;

beforeAll(async () => {
  factory = await loadResampler();
});

/** Converts `samples` in chunks of the given lengths, the last one repeated. */
function convert(samples: Int16Array, fromRate: number, toRate: number, chunks: readonly number[]): Int16Array {
  const resampler = factory.create(fromRate, toRate);
  const out: number[] = [];
  for (let from = 0, i = 0; from < samples.length; i++) {
    const length = chunks[Math.min(i, chunks.length - 1)] ?? samples.length;
    out.push(...resampler.process(samples.subarray(from, from + length)));
    from += length;
  }
  out.push(...resampler.flush());
  resampler.close();
  return Int16Array.from(out);
}

const rates = [
  [16000, 8000],
  [8000, 16000],
  [24000, 8000],
  [48000, 8000],
  [22050, 8000],
  [8000, 8000],
] as const;

describe.each(rates)('resampling %i to %i Hz', (fromRate, toRate) => {
  it.each([400, 1000, 3000])('keeps a sine of %i Hz clean, at its level and in time', (frequencyHz) => {
    const input = sine({ frequencyHz, sampleRate: fromRate, durationMs: 400, levelDbfs: -12 });
    const output = convert(input, fromRate, toRate, [fromRate / 50]);
    expect(output.length).toBe(Math.round((input.length * toRate) / fromRate));
    // The ends ring, since the sine begins and stops at once.
    const middle = output.subarray(toRate / 20, output.length - toRate / 20);
    expect(sineSnrDb(middle, toRate, frequencyHz)).toBeGreaterThan(70);
    expect(rmsDbfs(middle)).toBeCloseTo(-12, 1);
    const inTime = sine({ frequencyHz, sampleRate: toRate, durationMs: 400, levelDbfs: -12 });
    const difference = middle.map((sample, i) => sample - (inTime[i + toRate / 20] ?? 0));
    expect(rmsDbfs(difference)).toBeLessThan(-50);
  });

  it('gives the same samples however the input is cut', () => {
    const input = Int16Array.from({ length: fromRate / 10 }, (_, i) => Math.round(9000 * Math.sin(i * i * 0.0007)));
    const whole = convert(input, fromRate, toRate, [input.length]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 2500 }), { minLength: 1, maxLength: 40 }), (chunks) => {
        expect(convert(input, fromRate, toRate, chunks)).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });
});

describe('resampler', () => {
  it.each([16000, 24000, 48000])('rejects what 8 kHz cannot carry, from %i Hz', (fromRate) => {
    const input = sine({ frequencyHz: 5000, sampleRate: fromRate, durationMs: 500, levelDbfs: -9 });
    const output = convert(input, fromRate, 8000, [fromRate / 50]).subarray(400, -400);
    expect(toneLevelDbfs(output, 8000, 3000)).toBeLessThan(-85);
    expect(rmsDbfs(output)).toBeLessThan(-80);
  });

  it('makes no image above 4 kHz when it doubles the rate', () => {
    const input = sine({ frequencyHz: 3000, sampleRate: 8000, durationMs: 500, levelDbfs: -9 });
    const output = convert(input, 8000, 16000, [160]).subarray(800, -800);
    expect(toneLevelDbfs(output, 16000, 5000)).toBeLessThan(-85);
  });

  it('starts anew after a flush', () => {
    const resampler = factory.create(16000, 8000);
    const input = sine({ frequencyHz: 700, sampleRate: 16000, durationMs: 100, levelDbfs: -12 });
    const first = [...resampler.process(input), ...resampler.flush()];
    const second = [...resampler.process(input), ...resampler.flush()];
    expect(second).toEqual(first);
    resampler.close();
  });

  it('keeps many streams apart', () => {
    const input = sine({ frequencyHz: 700, sampleRate: 16000, durationMs: 100, levelDbfs: -12 });
    const alone = convert(input, 16000, 8000, [320]);
    const streams = Array.from({ length: 200 }, () => factory.create(16000, 8000));
    const outputs = streams.map((): number[] => []);
    for (let from = 0; from < input.length; from += 320)
      streams.forEach((stream, i) => void outputs[i]?.push(...stream.process(input.subarray(from, from + 320))));
    streams.forEach((stream, i) => {
      outputs[i]?.push(...stream.flush());
      stream.close();
      expect(outputs[i]).toEqual([...alone]);
    });
  });

  it.each([0, 7999, 8000.5, 96000, Number.NaN])('refuses a rate of %d Hz', (rate) => {
    expect(() => factory.create(rate, 8000)).toThrow(expect.objectContaining({ code: 'rate_unsupported' }));
  });

  it('refuses use after close', () => {
    const resampler = factory.create(8000, 16000);
    resampler.close();
    resampler.close();
    expect(() => resampler.process(new Int16Array(1))).toThrow(AudioError);
    expect(() => resampler.flush()).toThrow(AudioError);
  });
});
