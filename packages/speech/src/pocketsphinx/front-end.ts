/**
 * Samples to mel cepstra, 100 frames a second, as SphinxBase computes them (fe_interface.c, fe_sigproc.c).
 * Ours, because the library's own cannot leave filters out, and because its cepstral mean adapts too slowly for a call.
 */
import { type FilterBand, liftedCosines, melFilters } from './mel-filters.ts';
import { createNoiseTracker } from './noise-tracker.ts';
import { createPowerSpectrum } from './power-spectrum.ts';

export const FRAMES_PER_SECOND = 100;
/** SphinxBase's window; 410 samples at 16 kHz. */
const WINDOW_SECONDS = 0.025625;
const PRE_EMPHASIS = 0.97;
/** Keeps the logarithm finite (fe_sigproc.c). */
const POWER_FLOOR = 1e-4;
/** Amplitude of the noise added against digital silence, which no training speech contains. */
const DITHER = 30;

export interface FrontEnd {
  /** Takes samples of any number; returns the frames complete by now, `band.cepstra` values each. */
  process(samples: Int16Array): Float32Array[];
  /** Forgets the samples of a started frame and what is known of the noise. */
  reset(): void;
}

export function createFrontEnd(sampleRate: 8000 | 16000, band: FilterBand): FrontEnd {
  const hop = sampleRate / FRAMES_PER_SECOND;
  const windowLength = Math.floor(WINDOW_SECONDS * sampleRate + 0.5);
  const fftLength = sampleRate === 8000 ? 256 : 512;
  const spectrum = createPowerSpectrum(fftLength);
  const filters = melFilters(band, sampleRate / fftLength);
  const cosines = liftedCosines(filters.length, band.cepstra);
  const hamming = Float64Array.from(
    { length: windowLength },
    (_, at) => 0.54 - 0.46 * Math.cos((2 * Math.PI * at) / (windowLength - 1)),
  );
  const noise = createNoiseTracker(filters.length);
  const pending = new Float64Array(windowLength);
  const framed = new Float64Array(fftLength);
  const energies = new Float64Array(filters.length);
  let filled = 0;
  let previous = 0;
  let random = 1;

  function dither(): number {
    // Numerical Recipes' generator: the same utterance always gives the same words.
    random = (Math.imul(random, 1664525) + 1013904223) | 0;
    return (random / 2 ** 31) * DITHER;
  }

  function frame(): Float32Array {
    framed.fill(0);
    for (let at = 0; at < windowLength; at++) framed[at] = (pending[at] ?? 0) * (hamming[at] ?? 0);
    const power = spectrum(framed);
    for (const [index, { firstBin, weights }] of filters.entries()) {
      let sum = 0;
      for (let bin = 0; bin < weights.length; bin++) sum += (weights[bin] ?? 0) * (power[firstBin + bin] ?? 0);
      energies[index] = sum;
    }
    noise.reduce(energies);
    for (let index = 0; index < energies.length; index++)
      energies[index] = Math.log((energies[index] ?? 0) + POWER_FLOOR);
    return Float32Array.from(cosines, (row) => {
      let sum = 0;
      for (let index = 0; index < row.length; index++) sum += (row[index] ?? 0) * (energies[index] ?? 0);
      return sum;
    });
  }

  return {
    process(samples) {
      const frames: Float32Array[] = [];
      for (const sample of samples) {
        const noisy = sample + dither();
        pending[filled++] = noisy - PRE_EMPHASIS * previous;
        previous = noisy;
        if (filled < windowLength) continue;
        frames.push(frame());
        pending.copyWithin(0, hop);
        filled = windowLength - hop;
      }
      return frames;
    },
    reset() {
      filled = 0;
      previous = 0;
      random = 1;
      noise.reset();
    },
  };
}
