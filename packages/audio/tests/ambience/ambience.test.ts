import { describe, expect, it } from 'vitest';
import { Ambience, type AmbiencePreset, ambienceLoop, rmsDbfs } from '../../src/index.ts';

const presets: readonly AmbiencePreset[] = ['office', 'bar', 'city-street'];

/** Power below and above a frequency, in dB apart (one-pole split). */
function darknessDb(sound: Int16Array, rateHz: number, splitHz: number): number {
  const share = 1 - Math.exp((-2 * Math.PI * splitHz) / rateHz);
  let low = 0;
  let below = 1;
  let above = 1;
  for (const sample of sound) {
    low += share * (sample - low);
    below += low * low;
    above += (sample - low) ** 2;
  }
  return 10 * Math.log10(below / above);
}

describe.each(presets)('%s', (preset) => {
  it.each([8000, 16_000])('is mixed in at the level asked for, at %i Hz', (rateHz) => {
    const ambience = new Ambience(preset, { rateHz, levelDbfs: -36, startAt: 0.3 });
    const sound = new Int16Array(20 * rateHz);
    for (let from = 0; from < sound.length; from += rateHz / 50)
      ambience.mixInto(sound.subarray(from, from + rateHz / 50), rateHz / 50);
    expect(rmsDbfs(sound)).toBeCloseTo(-36, 0);
  });

  it('has no seam: from the end to the beginning it steps no further than elsewhere', () => {
    const loop = ambienceLoop(preset, 8000);
    const step = (i: number) => Math.abs((loop[i % loop.length] ?? 0) - (loop[i - 1] ?? 0));
    const steps = Array.from({ length: loop.length - 1 }, (_, i) => step(i + 1)).sort((one, other) => one - other);
    expect(step(loop.length)).toBeLessThan(steps[Math.floor(0.999 * steps.length)] ?? 0);
  });

  it('is never silent, and nothing in it startles', () => {
    const loop = ambienceLoop(preset, 8000);
    const levels = Array.from({ length: 40 }, (_, k) => rmsDbfs(loop.subarray(k * 4000, (k + 1) * 4000)));
    expect(Math.min(...levels)).toBeGreaterThan(-45);
    expect(Math.max(...levels)).toBeLessThan(-22);
  });

  it('lies under the voice: what is said comes out as it went in, plus the background', () => {
    const ambience = new Ambience(preset, { rateHz: 8000, levelDbfs: -40, startAt: 0 });
    const other = new Ambience(preset, { rateHz: 8000, levelDbfs: -40, startAt: 0 });
    const voice = Int16Array.from({ length: 160 }, (_, i) => 9000 * Math.sin((2 * Math.PI * 300 * i) / 8000));
    const alone = new Int16Array(160);
    const both = Int16Array.from(voice);
    ambience.mixInto(both, 160);
    other.mixInto(alone, 160);
    const differences = both.map((sample, i) => Math.abs(sample - (voice[i] ?? 0) - (alone[i] ?? 0)));
    expect(Math.max(...differences)).toBeLessThanOrEqual(1);
  });
});

describe('the places', () => {
  it('are told apart by ear: the street is darkest, the bar brightest', () => {
    const [office = 0, bar = 0, street = 0] = presets.map((preset) =>
      darknessDb(ambienceLoop(preset, 8000), 8000, 400),
    );
    expect(street).toBeGreaterThan(office + 3);
    expect(office).toBeGreaterThan(bar + 1);
  });

  it('sound the same on every node', () => {
    const first = ambienceLoop('office', 8000).subarray(0, 8);
    expect([...first]).toEqual([...ambienceLoop('office', 8000).subarray(0, 8)]);
    expect(ambienceLoop('office', 8000)).toBe(ambienceLoop('office', 8000));
  });
});
