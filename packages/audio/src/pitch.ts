/** The pitch of a voice: enough to tell two voices apart and to see that a sound is speech at all. */

/** Speaking voices lie between these; a wider range invites octave errors. */
const LOWEST_HZ = 60;
const HIGHEST_HZ = 400;
/** Two periods of the lowest pitch fit in one frame. */
const FRAME_MS = 40;
const HOP_MS = 20;
/** Normalised autocorrelation above this is voiced; noise stays under 0.3, vowels reach 0.8 and more. */
const VOICED_ABOVE = 0.6;
/** Frames this far under the loudest one are pauses. */
const PAUSE_BELOW_LOUDEST = 10 ** (-25 / 10);
/** A peak at half the lag this close to the best is the true period: autocorrelation also peaks at its multiples. */
const OCTAVE_MARGIN = 0.9;

/** Normalised autocorrelation of `samples[from, from + length)` with itself `lag` samples later, -1 to 1. */
function correlation(samples: Int16Array, from: number, length: number, lag: number): number {
  let product = 0;
  let energy = 0;
  let laterEnergy = 0;
  for (let i = from; i < from + length - lag; i++) {
    const now = samples[i] ?? 0;
    const later = samples[i + lag] ?? 0;
    product += now * later;
    energy += now * now;
    laterEnergy += later * later;
  }
  return product / (Math.sqrt(energy * laterEnergy) || 1);
}

/** Pitch of one frame in Hz, or null where it is unvoiced. */
function framePitchHz(samples: Int16Array, from: number, length: number, sampleRate: number): number | null {
  const shortest = Math.floor(sampleRate / HIGHEST_HZ);
  const longest = Math.ceil(sampleRate / LOWEST_HZ);
  const scores: number[] = [];
  for (let lag = shortest - 1; lag <= longest + 1; lag++) scores.push(correlation(samples, from, length, lag));
  const best = Math.max(...scores.slice(1, -1));
  if (best < VOICED_ABOVE) return null;
  for (let i = 1; i < scores.length - 1; i++) {
    const here = scores[i] ?? 0;
    const before = scores[i - 1] ?? 0;
    const after = scores[i + 1] ?? 0;
    if (here < best * OCTAVE_MARGIN || before > here || after > here) continue;
    // A parabola through the peak and its neighbours gives the period between samples.
    const bend = before - 2 * here + after;
    const shift = bend === 0 ? 0 : (before - after) / (2 * bend);
    return sampleRate / (shortest - 1 + i + shift);
  }
  return null;
}

/** Median pitch of the voiced parts of mono `samples` in Hz; null where nothing is voiced. */
export function medianPitchHz(samples: Int16Array, sampleRate: number): number | null {
  const length = Math.round((FRAME_MS * sampleRate) / 1000);
  const hop = Math.round((HOP_MS * sampleRate) / 1000);
  const frames: { from: number; energy: number }[] = [];
  for (let from = 0; from + length <= samples.length; from += hop) {
    let energy = 0;
    for (let i = from; i < from + length; i++) energy += (samples[i] ?? 0) ** 2;
    frames.push({ from, energy });
  }
  const pauseBelow = frames.reduce((most, { energy }) => Math.max(most, energy), 0) * PAUSE_BELOW_LOUDEST;
  const pitches = frames
    .filter(({ energy }) => energy > pauseBelow)
    .map(({ from }) => framePitchHz(samples, from, length, sampleRate))
    .filter((pitch) => pitch !== null)
    .sort((a, b) => a - b);
  return pitches[pitches.length >> 1] ?? null;
}
