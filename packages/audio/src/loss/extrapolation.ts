/** A loss whose end is not known yet: the last pitch periods go on, and fade (ITU-T G.711 Appendix I). */

import { clampSample, samplesOf } from './sample.ts';

/** Appendix I.2: pitch is looked for between 200 Hz and 66 Hz. */
const SHORTEST_PERIOD_MS = 5;
const LONGEST_PERIOD_MS = 15;

/** Appendix I.2: stretch over which two periods are compared. */
const COMPARED_MS = 20;

/** Appendix I.2.2: the coarse search looks at 4000 samples a second, which is enough for the lowest harmonics. */
const COARSE_RATE_HZ = 4000;

/** Three periods to repeat and a quarter to blend (Appendix I.2.3: 48.75 ms). */
export const HISTORY_MS = 3.25 * LONGEST_PERIOD_MS;

/** Appendix I.2.4: another period joins the repetition every 10 ms, or a long loss would buzz. */
const PERIOD_ADDED_MS = 10;
const MOST_PERIODS = 3;

/** Appendix I.2.7: nothing is taken off for 10 ms, then a fifth every 10 ms: silence after 60 ms. */
const FADE_FROM_MS = 10;
const FADE_OVER_MS = 50;

/** Appendix I.2.5: the longer the loss, the longer the blend into what follows, up to 10 ms. */
const LONGEST_BLEND_MS = 10;
const BLEND_PER_LOST_MS = 0.4;

/** What a call's sound would have gone on like. Allocates only when it is made. */
export class Extrapolation {
  readonly #rateHz: number;
  /** What was heard last when the loss began, oldest first. */
  readonly #source: Float32Array;
  /** The periods being repeated. */
  readonly #loop: Float32Array;
  #periodSamples = 0;
  #periods = 0;
  #loopSamples = 0;
  #loopAt = 0;
  #madeSamples = 0;
  /** Step between the last sample heard and the first made up; faded away, so that it does not click. */
  #step = 0;

  constructor(rateHz: number) {
    this.#rateHz = rateHz;
    this.#source = new Float32Array(samplesOf(HISTORY_MS, rateHz));
    this.#loop = new Float32Array(this.#source.length);
  }

  /** @param history {@link HISTORY_MS} of sound, oldest first. */
  begin(history: Float32Array): void {
    this.#source.set(history);
    this.#madeSamples = 0;
    this.#periodSamples = this.#findPeriod();
    this.#periods = 0;
    this.#loopAt = 0;
    this.#addPeriod();
    const last = this.#source.length - 1;
    this.#step = (this.#source[last] ?? 0) - (this.#source[last - this.#periodSamples] ?? 0);
  }

  /** The next made-up sample. */
  next(): number {
    const made = this.#madeSamples++;
    const wanted = Math.min(MOST_PERIODS, 1 + Math.floor(made / samplesOf(PERIOD_ADDED_MS, this.#rateHz)));
    // Only where a period ends, so that the phase goes on.
    if (wanted > this.#periods && this.#loopAt === 0) this.#addPeriod();
    const quarter = this.#periodSamples >> 2;
    const smoothing = made < quarter ? this.#step * (1 - (made + 1) / (quarter + 1)) : 0;
    const sample = clampSample((this.#loop[this.#loopAt] ?? 0) + smoothing);
    this.#loopAt = this.#loopAt + 1 === this.#loopSamples ? 0 : this.#loopAt + 1;
    const faded = (made - samplesOf(FADE_FROM_MS, this.#rateHz)) / samplesOf(FADE_OVER_MS, this.#rateHz);
    return sample * Math.max(0, Math.min(1, 1 - faded));
  }

  /** Blends the beginning of the sound that arrived after the loss with what was made up, in place. */
  blendInto(samples: Int16Array, from: number, to: number): void {
    const lostMs = (this.#madeSamples * 1000) / this.#rateHz;
    const quarterMs = (this.#periodSamples * 250) / this.#rateHz;
    const blendMs = Math.min(LONGEST_BLEND_MS, quarterMs + BLEND_PER_LOST_MS * lostMs);
    const count = Math.min(samplesOf(blendMs, this.#rateHz), to - from);
    for (let i = 0; i < count; i++) {
      const weight = (i + 1) / (count + 1);
      samples[from + i] = Math.round(weight * (samples[from + i] ?? 0) + (1 - weight) * this.next());
    }
  }

  /** The lag at which the last 20 ms resemble what came before most: coarsely first, then every lag near the best one. */
  #findPeriod(): number {
    const stride = Math.max(1, Math.round(this.#rateHz / COARSE_RATE_HZ));
    const shortest = samplesOf(SHORTEST_PERIOD_MS, this.#rateHz);
    const longest = samplesOf(LONGEST_PERIOD_MS, this.#rateHz);
    const coarse = this.#bestLag(shortest, longest, stride);
    return this.#bestLag(Math.max(shortest, coarse - stride), Math.min(longest, coarse + stride), 1);
  }

  #bestLag(from: number, to: number, stride: number): number {
    const source = this.#source;
    const end = source.length;
    const start = end - samplesOf(COMPARED_MS, this.#rateHz);
    let best = from;
    let bestLikeness = Number.NEGATIVE_INFINITY;
    for (let lag = from; lag <= to; lag += stride) {
      let likeness = 0;
      let energy = 1;
      for (let i = start; i < end; i += stride) {
        const before = source[i - lag] ?? 0;
        likeness += (source[i] ?? 0) * before;
        energy += before * before;
      }
      likeness /= Math.sqrt(energy);
      if (likeness <= bestLikeness) continue;
      bestLikeness = likeness;
      best = lag;
    }
    return best;
  }

  /** Repeats one period more; the end of the repetition is blended with what came before its beginning. */
  #addPeriod(): void {
    this.#periods += 1;
    const source = this.#source;
    const quarter = this.#periodSamples >> 2;
    const samples = this.#periods * this.#periodSamples;
    const start = source.length - samples;
    for (let i = 0; i < samples; i++) this.#loop[i] = source[start + i] ?? 0;
    for (let i = 0; i < quarter; i++) {
      const weight = (i + 1) / (quarter + 1);
      const at = samples - quarter + i;
      this.#loop[at] = (1 - weight) * (this.#loop[at] ?? 0) + weight * (source[start - quarter + i] ?? 0);
    }
    this.#loopSamples = samples;
  }
}
