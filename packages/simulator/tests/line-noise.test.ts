import { rmsDbfs, sine, toneLevelDbfs } from '@dialplane/audio';
import { expect, test } from 'vitest';
import { createLineNoise, noiseKinds } from '../src/index.ts';

const talkers = [
  sine({ frequencyHz: 300, sampleRate: 8000, durationMs: 900, levelDbfs: -20 }),
  sine({ frequencyHz: 500, sampleRate: 8000, durationMs: 1100, levelDbfs: -20 }),
];

/** Mean level over tenths of a second, in the tenths of the loop. */
function spread(samples: Int16Array): number {
  const levels = Array.from({ length: 100 }, (_, i) => rmsDbfs(samples, i * 800, (i + 1) * 800));
  return Math.max(...levels) - Math.min(...levels);
}

test.each(noiseKinds)('%s: ten seconds, always the same from one seed, at the agreed level', (kind) => {
  const noise = createLineNoise(kind, { seed: 5, talkers });
  expect(noise).toHaveLength(80_000);
  expect(rmsDbfs(noise)).toBeCloseTo(-30, 0);
  expect(createLineNoise(kind, { seed: 5, talkers })).toEqual(noise);
  expect(createLineNoise(kind, { seed: 6, talkers })).not.toEqual(noise);
});

test('white noise is even over time and frequency, pink falls with frequency', () => {
  const white = createLineNoise('white', { seed: 1, talkers: [] });
  const pink = createLineNoise('pink', { seed: 1, talkers: [] });
  expect(spread(white)).toBeLessThan(2);
  const slope = (samples: Int16Array) => {
    const band = (hz: number) => {
      const levels = Array.from({ length: 40 }, (_, i) => toneLevelDbfs(samples, 8000, hz + i * 2));
      return levels.reduce((sum, level) => sum + 10 ** (level / 10), 0);
    };
    return 10 * Math.log10(band(200) / band(3200));
  };
  expect(Math.abs(slope(white))).toBeLessThan(4);
  // Four octaves of 3 dB.
  expect(slope(pink)).toBeGreaterThan(7);
});

test('babble holds every talker, music the notes of its chords', () => {
  const babble = createLineNoise('babble', { seed: 1, talkers });
  for (const hz of [300, 500]) expect(toneLevelDbfs(babble, 8000, hz)).toBeGreaterThan(-40);
  const music = createLineNoise('music', { seed: 1, talkers: [] });
  // A of the first and last chord against a place between its neighbours.
  expect(toneLevelDbfs(music, 8000, 220) - toneLevelDbfs(music, 8000, 226.5)).toBeGreaterThan(15);
});

test('an office is never silent and never even', () => {
  expect(spread(createLineNoise('office', { seed: 1, talkers: [] }))).toBeGreaterThan(6);
});
