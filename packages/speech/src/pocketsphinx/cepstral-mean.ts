/**
 * Cepstral mean normalisation: a line, a handset and a voice add a constant to every frame, which the model does not know.
 * The mean of a caller's speech so far estimates it; the library's own estimate moves too slowly for a first sentence.
 */

/** Before anything is known of a caller: the mean over speech on a telephone line. */
const usualMeans: Readonly<Record<number, readonly number[]>> = {
  9: [44.15, -1.48, -2.25, -8.32, -10.83, -11.14, -10.86, -7.7, -8.07],
  /** Wide band: `-cmninit` of the model's own feat.params. */
  13: [41, -5.29, -0.12, 5.09, 2.48, -4.07, -1.37, -1.78, -5.08, -2.05, -6.45, -1.42, 1.17],
};
/** The usual mean counts like this many frames, one that was measured earlier in the call like more. */
const USUAL_WEIGHT_FRAMES = 60;
const MEASURED_WEIGHT_FRAMES = 150;
/** About five seconds of memory, so that a call that moves from handset to speaker is followed. */
const LONGEST_WEIGHT_FRAMES = 500;

export interface CepstralMean {
  learn(frame: Float32Array): void;
  /** A frame without the mean as it is now. */
  normalise(frame: Float32Array): Float32Array;
  current(): number[];
}

/** `measured`: the mean at the end of the caller's utterance before, null for the first. */
export function createCepstralMean(cepstra: number, measured: readonly number[] | null): CepstralMean {
  const mean = Float64Array.from(measured ?? usualMeans[cepstra] ?? Array(cepstra).fill(0));
  let weight = measured === null ? USUAL_WEIGHT_FRAMES : MEASURED_WEIGHT_FRAMES;
  return {
    learn(frame) {
      weight = Math.min(weight + 1, LONGEST_WEIGHT_FRAMES);
      for (let index = 0; index < mean.length; index++)
        mean[index] = (mean[index] ?? 0) + ((frame[index] ?? 0) - (mean[index] ?? 0)) / weight;
    },
    normalise: (frame) => frame.map((value, index) => value - (mean[index] ?? 0)),
    current: () => [...mean],
  };
}
