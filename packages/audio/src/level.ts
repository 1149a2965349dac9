/** How loud sound is, and making it as loud as wanted. */

export const MAX_SAMPLE = 0x7fff;
const FULL_SCALE = 0x8000;

/** The level given to digital silence: below the smallest non-zero 16-bit sound (one bit: -90.3). */
export const SILENCE_DBFS = -100;

/** Active level looks at 20 ms blocks: shorter than any syllable, longer than a pitch period of the deepest voice. */
const BLOCK_MS = 20;
/** Blocks this far under the loudest are pauses or breath; ITU-T P.56 puts its margin at 15.9 dB under the mean. */
const PAUSE_BELOW_LOUDEST_DB = 25;

/** Mean square of `samples[from, to)`, in squared sample units. */
function meanSquare(samples: Int16Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) {
    const sample = samples[i] ?? 0;
    sum += sample * sample;
  }
  return to > from ? sum / (to - from) : 0;
}

/** Mean square in squared sample units -> dBFS. */
export function powerToDbfs(power: number): number {
  return power > 0 ? Math.max(SILENCE_DBFS, 10 * Math.log10(power / (FULL_SCALE * FULL_SCALE))) : SILENCE_DBFS;
}

/**
 * RMS level of `samples[from, to)` in dB against a full-scale square wave (dBov of ITU-T G.100.1: a full-scale sine is
 * -3.01), not under `SILENCE_DBFS`.
 */
export function rmsDbfs(samples: Int16Array, from = 0, to = samples.length): number {
  return powerToDbfs(meanSquare(samples, from, to));
}

/** RMS level of the speech in `samples`, its pauses left out, in dBFS. */
export function activeLevelDbfs(samples: Int16Array, sampleRate: number): number {
  const block = Math.round((BLOCK_MS * sampleRate) / 1000);
  const powers: number[] = [];
  for (let from = 0; from < samples.length; from += block)
    powers.push(meanSquare(samples, from, Math.min(from + block, samples.length)));
  const pauseBelow = powers.reduce((most, power) => Math.max(most, power), 0) * 10 ** (-PAUSE_BELOW_LOUDEST_DB / 10);
  const active = powers.filter((power) => power > pauseBelow);
  return powerToDbfs(active.reduce((sum, power) => sum + power, 0) / Math.max(1, active.length));
}

export interface NormaliseOptions {
  readonly sampleRate: number;
  /** Wanted active level. */
  readonly targetDbfs: number;
  /** No sample may be louder than this after the gain; where both cannot be had, the peak decides. */
  readonly peakDbfs: number;
}

/** A copy of `samples` with one gain over its whole length, so that its dynamics stay. Silence stays silence. */
export function normaliseLevel(samples: Int16Array, options: NormaliseOptions): Int16Array {
  const { sampleRate, targetDbfs, peakDbfs } = options;
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  if (peak === 0) return samples.slice();
  const wanted = 10 ** ((targetDbfs - activeLevelDbfs(samples, sampleRate)) / 20);
  const allowed = Math.min(MAX_SAMPLE, FULL_SCALE * 10 ** (peakDbfs / 20)) / peak;
  const gain = Math.min(wanted, allowed);
  return samples.map((sample) => Math.round(sample * gain));
}
