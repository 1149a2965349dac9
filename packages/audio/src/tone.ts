/** A sine to test lines and detectors with. */

import { MAX_SAMPLE } from './level.ts';

export interface SineOptions {
  readonly frequencyHz: number;
  readonly sampleRate: number;
  readonly durationMs: number;
  /** RMS against full scale, as `rmsDbfs` measures it; a sine clips above -3.01. */
  readonly levelDbfs: number;
}

/** A sine that starts at phase 0, mono. */
export function sine({ frequencyHz, sampleRate, durationMs, levelDbfs }: SineOptions): Int16Array {
  const amplitude = Math.min(MAX_SAMPLE, Math.SQRT2 * (MAX_SAMPLE + 1) * 10 ** (levelDbfs / 20));
  const step = (2 * Math.PI * frequencyHz) / sampleRate;
  const out = new Int16Array(Math.round((durationMs * sampleRate) / 1000));
  for (let i = 0; i < out.length; i++) out[i] = Math.round(amplitude * Math.sin(step * i));
  return out;
}
