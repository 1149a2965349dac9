/** Reads spoken digits out of a recording, by comparison with the synthesiser's own sound of them. */
import type { Synthesiser } from '@dialplane/speech';

const sampleRate = 8000;
/** Well above the noise of G.711, well below speech. */
const audible = 200;
/** The pause between two digits is longer, gaps within a word are shorter. */
const gapSamples = 0.2 * sampleRate;
/** G.711 distorts little: the same word is nearly the same wave, another word is not. */
const sameWord = 0.8;
/** Where a word begins may be found a little early or late. */
const slackSamples = 40;

/** Sounds with silence on both sides, without it. */
function bursts(samples: Int16Array): Int16Array[] {
  const found: Int16Array[] = [];
  let from = -1;
  let last = -1;
  for (let at = 0; at <= samples.length; at++) {
    const isAudible = at < samples.length && Math.abs(samples[at] ?? 0) > audible;
    if (isAudible) {
      if (from < 0) from = at;
      last = at;
    } else if (from >= 0 && at - last > gapSamples) {
      found.push(samples.subarray(from, last + 1));
      from = -1;
    }
  }
  return found;
}

/** Normalised cross-correlation at its best alignment, 0 to 1. */
function likeness(a: Int16Array, b: Int16Array): number {
  const energy = (samples: Int16Array) => samples.reduce((sum, sample) => sum + sample * sample, 0);
  const scale = Math.sqrt(energy(a) * energy(b));
  let best = 0;
  for (let shift = -slackSamples; shift <= slackSamples; shift++) {
    let product = 0;
    for (let at = Math.max(0, -shift); at < a.length && at + shift < b.length; at++) {
      product += (a[at] ?? 0) * (b[at + shift] ?? 0);
    }
    best = Math.max(best, product / scale);
  }
  return best;
}

/** @param words the sentence for each digit, 0 first. */
export async function digitReader(synthesiser: Synthesiser, words: readonly string[], voice: string) {
  const templates = await Promise.all(
    words.map(async (text) => {
      const parts: number[] = [];
      const request = { text, voice, sampleRate } as const;
      for await (const { samples } of synthesiser.synthesise(request, new AbortController().signal))
        parts.push(...samples);
      const [sound = new Int16Array()] = bursts(Int16Array.from([...parts, ...new Array(2 * gapSamples).fill(0)]));
      return sound;
    }),
  );
  /** The digits in the recording, in their order; other words are passed over. */
  return (recording: Int16Array): string =>
    bursts(recording)
      .map((burst) => {
        const scores = templates.map((template) => likeness(template, burst));
        const best = Math.max(...scores);
        return best > sameWord ? String(scores.indexOf(best)) : '';
      })
      .join('');
}
