import { beforeAll, describe, expect, it } from 'vitest';
import { loadNoiseSuppression, loadResampler, type NoiseSuppression, rmsDbfs } from '../../src/index.ts';
import { pinkNoise, whiteNoise } from '../noise.ts';
import { inTurn, likeness, mixed, sentence } from './noisy-speech.ts';

let suppression: NoiseSuppression;

beforeAll(async () => {
  suppression = await loadNoiseSuppression();
});

function suppressed(samples: Int16Array, rate: 8000 | 16000): { out: Int16Array; delaySamples: number } {
  const suppressor = suppression.create(rate);
  const { frameSamples } = suppressor;
  const out = new Int16Array(samples.length);
  for (let from = 0; from + frameSamples <= samples.length; from += frameSamples)
    suppressor.process(samples.subarray(from, from + frameSamples), out.subarray(from, from + frameSamples));
  const delaySamples = (suppressor.delayMs * rate) / 1000;
  suppressor.close();
  return { out, delaySamples };
}

/** Loud white noise takes the network more than two seconds to know. */
const leadMs = 4000;
const words = sentence('rms-night');
const clean = inTurn(leadMs, words, leadMs);

describe.each([
  ['white', whiteNoise],
  ['pink', pinkNoise],
])('noise suppression in %s noise', (_, noise) => {
  it.each([5, 10, 15])('takes at least 20 dB of it out of pauses at %i dB, and keeps the voice', (snrDb) => {
    const noisy = mixed(clean, noise(clean.length, rmsDbfs(words) - snrDb));
    const { out, delaySamples } = suppressed(noisy, 8000);
    const [from, to] = [3000 * 8, leadMs * 8];
    expect(rmsDbfs(noisy, from, to) - rmsDbfs(out, from, to)).toBeGreaterThan(20);
    const voice = out.subarray(leadMs * 8);
    expect(likeness(words, voice, delaySamples)).toBeGreaterThan(snrDb < 10 ? 0.9 : 0.95);
    expect(Math.abs(rmsDbfs(words) - rmsDbfs(voice, 0, words.length))).toBeLessThan(2);
  });
});

describe('the delay of noise suppression', () => {
  it('is 18 ms at 8 kHz, and the sound is that much late to the sample', () => {
    const { out, delaySamples } = suppressed(words, 8000);
    expect(delaySamples).toBe(144);
    const at = likeness(words, out, delaySamples);
    expect(at).toBeGreaterThan(0.99);
    expect(likeness(words, out, delaySamples - 1)).toBeLessThan(at);
    expect(likeness(words, out, delaySamples + 1)).toBeLessThan(at);
  });

  it('is 14 ms at 16 kHz', async () => {
    const wide = (await loadResampler()).create(8000, 16000).process(words);
    const { out, delaySamples } = suppressed(wide, 16000);
    expect(delaySamples).toBe(224);
    const at = likeness(wide, out, delaySamples);
    expect(at).toBeGreaterThan(0.99);
    expect(likeness(wide, out, delaySamples - 1)).toBeLessThan(at);
    expect(likeness(wide, out, delaySamples + 1)).toBeLessThan(at);
  });
});

describe('noise suppression of many calls', () => {
  it('keeps their states apart, and uses the memory of ended calls again', () => {
    const noisy = mixed(clean, whiteNoise(clean.length, -35));
    const alone = suppressed(noisy, 8000).out;
    const first = suppression.create(8000);
    const second = suppression.create(8000);
    const out = new Int16Array(160);
    const other = pinkNoise(160, -20);
    const together = new Int16Array(noisy.length);
    for (let from = 0; from + 160 <= noisy.length; from += 160) {
      first.process(noisy.subarray(from, from + 160), together.subarray(from, from + 160));
      second.process(other, out);
    }
    expect(together).toEqual(alone);
    first.close();
    second.close();
    // More states than fit in the module's first 16 MB, had they not been given back.
    for (let i = 0; i < 2000; i++) suppression.create(8000).close();
  });

  it('grows its memory for as many as there are', () => {
    const open = Array.from({ length: 400 }, () => suppression.create(8000));
    const frame = new Int16Array(160);
    for (const one of open) one.process(frame, frame);
    for (const one of open) one.close();
  });

  it('refuses other lengths, and use after close', () => {
    const suppressor = suppression.create(8000);
    const frame = new Int16Array(160);
    expect(() => suppressor.process(new Int16Array(80), frame)).toThrow(
      expect.objectContaining({ code: 'frame_length' }),
    );
    suppressor.close();
    expect(() => suppressor.process(frame, frame)).toThrow(expect.objectContaining({ code: 'audio_closed' }));
  });
});
