/** Takes steady background noise out of filter energies, as SphinxBase does (fe_noise.c) and the model expects. */

/** All constants are SphinxBase's. */
const POWER_KEEP = 0.7;
const NOISE_RISE_KEEP = 0.995;
const NOISE_FALL_KEEP = 0.5;
const MASK_DECAY = 0.85;
const MASK_LEVEL = 0.2;
const LARGEST_GAIN = 20;
const SMOOTH_FILTERS = 4;

export interface NoiseTracker {
  /** Changes one frame's energies in place. */
  reduce(energies: Float64Array): void;
  reset(): void;
}

export function createNoiseTracker(filters: number): NoiseTracker {
  const power = new Float64Array(filters);
  const noise = new Float64Array(filters);
  const floor = new Float64Array(filters);
  const peak = new Float64Array(filters);
  const signal = new Float64Array(filters);
  const gain = new Float64Array(filters);
  let started = false;

  return {
    reset() {
      started = false;
    },
    reduce(energies) {
      if (!started) {
        started = true;
        power.set(energies);
        noise.set(energies);
        for (let index = 0; index < filters; index++) floor[index] = (energies[index] ?? 0) / LARGEST_GAIN;
        peak.fill(0);
      }
      for (let index = 0; index < filters; index++) {
        const smoothed = POWER_KEEP * (power[index] ?? 0) + (1 - POWER_KEEP) * (energies[index] ?? 0);
        power[index] = smoothed;
        noise[index] = lowerEnvelope(noise[index] ?? 0, smoothed);
        let clean = Math.max(1, smoothed - (noise[index] ?? 0));
        floor[index] = lowerEnvelope(floor[index] ?? 0, clean);
        // A soft sound right behind a loud one cannot be heard: it is lifted to a share of the peak's decay.
        const before = clean;
        const decayed = (peak[index] ?? 0) * MASK_DECAY;
        if (clean < MASK_DECAY * decayed) clean = decayed * MASK_LEVEL;
        peak[index] = Math.max(decayed, before);
        signal[index] = Math.max(clean, floor[index] ?? 0);
        const ratio = (signal[index] ?? 0) / smoothed;
        gain[index] = Math.max(1 / LARGEST_GAIN, Math.min(LARGEST_GAIN, ratio));
      }
      for (let index = 0; index < filters; index++) {
        const from = Math.max(0, index - SMOOTH_FILTERS);
        const to = Math.min(filters - 1, index + SMOOTH_FILTERS);
        let sum = 0;
        for (let near = from; near <= to; near++) sum += gain[near] ?? 0;
        energies[index] = ((energies[index] ?? 0) * sum) / (to - from + 1);
      }
    },
  };
}

function lowerEnvelope(envelope: number, value: number): number {
  const keep = value >= envelope ? NOISE_RISE_KEEP : NOISE_FALL_KEEP;
  return keep * envelope + (1 - keep) * value;
}
