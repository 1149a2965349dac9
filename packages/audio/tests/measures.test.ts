import { describe, expect, it } from 'vitest';
import {
  activeLevelDbfs,
  medianPitchHz,
  normaliseLevel,
  rmsDbfs,
  SILENCE_DBFS,
  sine,
  toneLevelDbfs,
} from '../src/index.ts';
import { whiteNoise } from './noise.ts';

function joined(...parts: readonly Int16Array[]): Int16Array {
  return Int16Array.from(parts.flatMap((part) => [...part]));
}

/** A vowel-like sound: the pitch and its harmonics, weaker upwards, the first one missing as on a phone line. */
function voice(pitchHz: number, sampleRate: number, durationMs: number): Int16Array {
  return Int16Array.from({ length: (durationMs * sampleRate) / 1000 }, (_, i) => {
    let value = 0;
    for (let n = 2; n * pitchHz < 3400; n++) value += Math.sin((2 * Math.PI * n * pitchHz * i) / sampleRate) / n;
    return Math.round(6000 * value);
  });
}

describe('level', () => {
  it('has a full-scale square wave at 0 and a full-scale sine at -3.01 dBFS', () => {
    expect(rmsDbfs(Int16Array.from({ length: 100 }, (_, i) => (i & 1 ? 32767 : -32768)))).toBeCloseTo(0, 3);
    expect(rmsDbfs(sine({ frequencyHz: 1000, sampleRate: 8000, durationMs: 100, levelDbfs: -3.01 }))).toBeCloseTo(
      -3.01,
      2,
    );
  });

  it('is finite for silence and for nothing', () => {
    expect(rmsDbfs(new Int16Array(160))).toBe(SILENCE_DBFS);
    expect(rmsDbfs(new Int16Array(0))).toBe(SILENCE_DBFS);
  });

  it('measures a part', () => {
    const sound = joined(
      new Int16Array(800),
      sine({ frequencyHz: 500, sampleRate: 8000, durationMs: 100, levelDbfs: -20 }),
    );
    expect(rmsDbfs(sound, 800, 1600)).toBeCloseTo(-20, 1);
    expect(rmsDbfs(sound, 0, 800)).toBe(SILENCE_DBFS);
  });

  it('leaves pauses out of the active level', () => {
    const loud = sine({ frequencyHz: 500, sampleRate: 8000, durationMs: 400, levelDbfs: -20 });
    const sound = joined(loud, whiteNoise(16_000, -60), loud);
    expect(activeLevelDbfs(sound, 8000)).toBeCloseTo(-20, 0);
  });

  it('brings speech to the wanted level', () => {
    const quiet = joined(voice(120, 8000, 600), new Int16Array(8000)).map((sample) => sample / 20);
    const louder = normaliseLevel(quiet, { sampleRate: 8000, targetDbfs: -20, peakDbfs: -1 });
    expect(activeLevelDbfs(louder, 8000)).toBeCloseTo(-20, 1);
  });

  it('stops at the peak limit', () => {
    const click = new Int16Array(8000);
    click.set(sine({ frequencyHz: 500, sampleRate: 8000, durationMs: 900, levelDbfs: -40 }));
    click[4000] = 20_000;
    const louder = normaliseLevel(click, { sampleRate: 8000, targetDbfs: -10, peakDbfs: -3 });
    expect(Math.max(...louder)).toBe(Math.round(32768 * 10 ** (-3 / 20)));
  });

  it('leaves silence alone', () => {
    const silence = new Int16Array(100);
    expect(normaliseLevel(silence, { sampleRate: 8000, targetDbfs: -20, peakDbfs: -1 })).toEqual(silence);
  });
});

describe('toneLevelDbfs', () => {
  it('finds the level of each tone in a mixture', () => {
    const low = sine({ frequencyHz: 697, sampleRate: 8000, durationMs: 100, levelDbfs: -15 });
    const high = sine({ frequencyHz: 1209, sampleRate: 8000, durationMs: 100, levelDbfs: -12 });
    const both = low.map((sample, i) => sample + (high[i] ?? 0));
    expect(toneLevelDbfs(both, 8000, 697)).toBeCloseTo(-15, 0);
    expect(toneLevelDbfs(both, 8000, 1209)).toBeCloseTo(-12, 0);
    expect(toneLevelDbfs(both, 8000, 2000)).toBeLessThan(-40);
  });

  it('finds no tone in silence', () => {
    expect(toneLevelDbfs(new Int16Array(160), 8000, 1000)).toBe(SILENCE_DBFS);
  });
});

describe('medianPitchHz', () => {
  it.each([85, 105, 167, 240, 330])('hears a voice of %i Hz although its first harmonic is missing', (pitchHz) => {
    for (const sampleRate of [8000, 16000])
      expect(medianPitchHz(voice(pitchHz, sampleRate, 500), sampleRate)).toBeCloseTo(pitchHz, -0.5);
  });

  it('hears none in noise, silence or a sound shorter than its frame', () => {
    expect(medianPitchHz(whiteNoise(8000, -20), 8000)).toBeNull();
    expect(medianPitchHz(new Int16Array(8000), 8000)).toBeNull();
    expect(medianPitchHz(new Int16Array(100), 8000)).toBeNull();
  });

  it('looks at the voiced parts only', () => {
    expect(medianPitchHz(joined(whiteNoise(8000, -30), voice(150, 8000, 300), new Int16Array(8000)), 8000)).toBeCloseTo(
      150,
      -0.5,
    );
  });
});
