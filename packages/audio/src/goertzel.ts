/** One frequency out of a sound (Goertzel's algorithm), cheaper than a transform when few frequencies matter. */

import { powerToDbfs } from './level.ts';

/**
 * Level of the sine at `frequencyHz` in `samples`, in RMS dBFS as `rmsDbfs` gives it, so that both can be compared.
 * The frequency need not be a whole number of cycles; the bandwidth is about `sampleRate / samples.length` Hz.
 */
export function toneLevelDbfs(samples: Int16Array, sampleRate: number, frequencyHz: number): number {
  const omega = (2 * Math.PI * frequencyHz) / sampleRate;
  const coefficient = 2 * Math.cos(omega);
  let previous = 0;
  let beforePrevious = 0;
  for (const sample of samples) {
    const state = sample + coefficient * previous - beforePrevious;
    beforePrevious = previous;
    previous = state;
  }
  const energy = previous * previous + beforePrevious * beforePrevious - coefficient * previous * beforePrevious;
  // |X| of a sine of amplitude A over N samples is A N / 2; its mean square is A squared / 2.
  return powerToDbfs((2 * Math.max(0, energy)) / Math.max(1, samples.length) ** 2);
}
