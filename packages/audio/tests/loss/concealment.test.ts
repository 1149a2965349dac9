import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeG711, LossConcealment } from '../../src/index.ts';
import { lossPattern, meanLostSegmentSnrDb, vowel } from './lossy-sound.ts';

type Strategy = 'silence' | 'extrapolate' | 'bridge';

/** The sound as it is played when these 20 ms packets are lost. */
function played(sound: Int16Array, lost: readonly boolean[], rateHz: number, strategy: Strategy): Int16Array {
  const packet = rateHz / 50;
  const out = Int16Array.from(sound);
  const concealment = new LossConcealment(rateHz);
  for (let k = 0; k < lost.length; k++) {
    if (!lost[k]) {
      concealment.heard(out, k * packet, (k + 1) * packet);
      continue;
    }
    let end = k;
    while (lost[end]) end++;
    const [from, to] = [k * packet, end * packet];
    if (strategy === 'silence') out.fill(0, from, to);
    else if (strategy === 'extrapolate' || !concealment.bridge(out, from, to, out, to, to + packet)) {
      concealment.extrapolate(out, from, to);
    }
    k = end - 1;
  }
  return out;
}

describe.each([8000, 16_000, 48_000])('a voice at %i Hz with every tenth packet lost', (rateHz) => {
  const sound = vowel({ rateHz, seconds: 6 });
  const lost = lossPattern({ packets: 300, loss: 0.1, seed: 3 });
  const snrDb = (strategy: Strategy) =>
    meanLostSegmentSnrDb({
      original: sound,
      heard: played(sound, lost, rateHz, strategy),
      lost,
      packetSamples: rateHz / 50,
    });

  it('comes at least 6 dB nearer to the original than silence when it is known what follows', () => {
    expect(snrDb('silence')).toBeCloseTo(0, 1);
    expect(snrDb('bridge')).toBeGreaterThanOrEqual(6);
  });

  it('comes nearer than silence when it is not known what follows', () => {
    expect(snrDb('extrapolate')).toBeGreaterThan(0.5);
    expect(snrDb('bridge')).toBeGreaterThan(snrDb('extrapolate'));
  });
});

describe('spoken sentences with every tenth packet lost', () => {
  const voices = ['rms-hours', 'rms-night', 'rms-six', 'slt-hours', 'slt-night', 'slt-six'];
  const sentences = voices.map((name) => {
    const bytes = readFileSync(new URL(`../fixtures/speech/${name}.ulaw`, import.meta.url));
    const sound = new Int16Array(bytes.length);
    decodeG711('mu', bytes, 0, bytes.length, sound, 0);
    return sound;
  });

  it('come at least 3 dB nearer to the original than silence', () => {
    const results = sentences.flatMap((sound) =>
      [1, 2, 3, 4, 5].map((seed) => {
        const lost = lossPattern({ packets: Math.floor(sound.length / 160) - 1, loss: 0.1, seed });
        const heard = played(sound, lost, 8000, 'bridge');
        return meanLostSegmentSnrDb({ original: sound, heard, lost, packetSamples: 160 });
      }),
    );
    expect(results.reduce((sum, snrDb) => sum + snrDb, 0) / results.length).toBeGreaterThan(3);
  });
});

describe('a loss that does not end', () => {
  const sound = vowel({ rateHz: 8000, seconds: 1 });

  it('is silent after 60 ms', () => {
    const concealment = new LossConcealment(8000);
    concealment.heard(sound, 0, sound.length);
    const out = new Int16Array(1600);
    concealment.extrapolate(out, 0, out.length);
    expect(Math.max(...out.subarray(0, 80))).toBeGreaterThan(3000);
    expect(out.subarray(480).every((sample) => sample === 0)).toBe(true);
  });

  it('does not click: no step is half as large again as the largest of the sound itself', () => {
    const largestStep = (samples: Int16Array) =>
      samples.reduce((most, sample, i) => (i === 0 ? 0 : Math.max(most, Math.abs(sample - (samples[i - 1] ?? 0)))), 0);
    const lost = lossPattern({ packets: 49, loss: 0.2, seed: 9 });
    for (const strategy of ['extrapolate', 'bridge'] as const) {
      expect(largestStep(played(sound, lost, 8000, strategy))).toBeLessThan(1.5 * largestStep(sound));
    }
  });

  it('is not bridged over more than 60 ms', () => {
    const concealment = new LossConcealment(8000);
    concealment.heard(sound, 0, 4000);
    const out = new Int16Array(640);
    expect(concealment.bridge(out, 0, 640, sound, 4640, 4800)).toBe(false);
    expect(out.every((sample) => sample === 0)).toBe(true);
    expect(concealment.bridge(out, 0, 480, sound, 4480, 4640)).toBe(true);
  });

  it('makes nothing of nothing: silence before the first packet stays silence', () => {
    const out = new Int16Array(320).fill(7);
    new LossConcealment(8000).extrapolate(out, 0, 320);
    expect(out.every((sample) => sample === 0)).toBe(true);
  });
});
