/** Finds where each word ends among the phonemes flite printed, which it does not say itself. */
import { guessPhonemes } from '../text/letter-to-sound.ts';
import type { Segment } from './flite-engine.ts';

const PAUSE = 'pau';

/**
 * Costs of an edit distance between guessed and spoken phonemes. A vowel is often guessed as another vowel, hardly ever
 * as a consonant; a pause may stand anywhere.
 */
const SAME_KIND_COST = 0.5;
const OTHER_KIND_COST = 1.6;
const GAP_COST = 0.8;
const PAUSE_GAP_COST = 0.3;

const vowels = new Set([
  'aa',
  'ae',
  'ah',
  'ax',
  'ao',
  'aw',
  'ay',
  'eh',
  'er',
  'ey',
  'ih',
  'iy',
  'ow',
  'oy',
  'uh',
  'uw',
]);

export interface AlignableWord {
  readonly spoken: readonly string[];
  readonly pause: string;
}

/** The end of each word in milliseconds: rising, none after the end of the last phoneme. */
export function wordEndsMs(words: readonly AlignableWord[], segments: readonly Segment[]): number[] {
  const guessed: string[] = [PAUSE];
  // Position in `guessed` just behind each word's last phoneme.
  const wordEnds: number[] = [];
  for (const word of words) {
    for (const spoken of word.spoken) guessed.push(...guessPhonemes(spoken).map((phoneme) => phoneme.toLowerCase()));
    wordEnds.push(guessed.length);
    if (word.pause !== '') guessed.push(PAUSE);
  }
  const spokenUpTo = align(
    guessed,
    segments.map((segment) => segment.name),
  );
  const lastPhoneme = segments.findLastIndex((segment) => segment.name !== PAUSE);
  let previous = 0;
  return wordEnds.map((end, index) => {
    const last = index === wordEnds.length - 1;
    let segment = last ? lastPhoneme : Math.min((spokenUpTo[end] ?? 0) - 1, lastPhoneme);
    while (segment > 0 && segments[segment]?.name === PAUSE) segment--;
    previous = Math.max(previous, segments[segment]?.endMs ?? 0);
    return previous;
  });
}

/** For each prefix of `guessed`, how many of `spoken` belong to it on the cheapest path. */
function align(guessed: readonly string[], spoken: readonly string[]): Int32Array {
  const width = spoken.length + 1;
  const costs = new Float64Array((guessed.length + 1) * width).fill(Number.POSITIVE_INFINITY);
  costs[0] = 0;
  for (let row = 0; row <= guessed.length; row++) {
    for (let column = 0; column < width; column++) {
      if (row === 0 && column === 0) continue;
      const guess = guessed[row - 1] ?? '';
      const sound = spoken[column - 1] ?? '';
      const at = row * width + column;
      const both = row > 0 && column > 0 ? (costs[at - width - 1] ?? 0) + substitution(guess, sound) : Infinity;
      const missing = row > 0 ? (costs[at - width] ?? 0) + gap(guess) : Infinity;
      const extra = column > 0 ? (costs[at - 1] ?? 0) + gap(sound) : Infinity;
      costs[at] = Math.min(both, missing, extra);
    }
  }
  const upTo = new Int32Array(guessed.length + 1);
  let row = guessed.length;
  let column = spoken.length;
  upTo[row] = column;
  while (row > 0) {
    const at = row * width + column;
    const cost = costs[at] ?? 0;
    if (
      column > 0 &&
      cost === (costs[at - width - 1] ?? 0) + substitution(guessed[row - 1] ?? '', spoken[column - 1] ?? '')
    ) {
      row--;
      column--;
      upTo[row] = column;
    } else if (column > 0 && cost === (costs[at - 1] ?? 0) + gap(spoken[column - 1] ?? '')) {
      column--;
    } else {
      row--;
      upTo[row] = column;
    }
  }
  return upTo;
}

function gap(phoneme: string): number {
  return phoneme === PAUSE ? PAUSE_GAP_COST : GAP_COST;
}

function substitution(guess: string, sound: string): number {
  if (guess === sound) return 0;
  if (guess === PAUSE || sound === PAUSE) return GAP_COST + PAUSE_GAP_COST + SAME_KIND_COST;
  return vowels.has(guess) === vowels.has(sound) ? SAME_KIND_COST : OTHER_KIND_COST;
}
