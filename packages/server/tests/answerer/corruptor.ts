/**
 * Writes a question as a telephone recogniser might hear it: words taken for others that sound alike (neighbours by the
 * phonemes of the CMU dictionary, `fixtures/confusions.json`), small words lost, all from a seed.
 */
import { readFileSync } from 'node:fs';
import type { ModelTurn, ModelWord } from '@dialplane/conversation';

const confusions: unknown = JSON.parse(readFileSync(new URL('./fixtures/confusions.json', import.meta.url), 'utf8'));
const neighboursOf = new Map<string, readonly string[]>(
  Object.entries(confusions ?? {}).map(([word, list]) => [word, Array.isArray(list) ? list.map(String) : []]),
);

/** Mulberry32: small, seeded, good enough to choose words. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Confidence of a word at a share of the way from the least to the most sure, as the embedded recogniser gave it to words
 * of the development questions in three voices: quantiles 0, 0.1, 0.25, 0.5, 0.75, 0.9 and 1.
 */
const confidences = {
  right: [0, 0.21, 0.52, 0.85, 0.99, 1, 1],
  wrong: [0, 0.02, 0.06, 0.21, 0.46, 0.78, 1],
} as const;
const quantiles = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1];

function confidence(kind: keyof typeof confidences, share: number): number {
  const above = quantiles.findIndex((quantile) => quantile >= share);
  const high = quantiles[above] ?? 1;
  const low = quantiles[above - 1] ?? 0;
  const from = confidences[kind][above - 1] ?? 0;
  const to = confidences[kind][above] ?? 1;
  return high === low ? to : from + ((to - from) * (share - low)) / (high - low);
}

/**
 * The question as a caller's turn. `rate` of the words are wrong: replaced, or, if they have up to three letters, lost as
 * often as replaced.
 */
export function corrupt(question: string, rate: number, random: () => number): ModelTurn {
  const words: ModelWord[] = [];
  for (const word of question
    .toLowerCase()
    .replace(/[^a-z0-9' -]/g, '')
    .split(/[ -]+/)) {
    if (random() >= rate) {
      words.push({ text: word, confidence: confidence('right', random()) });
      continue;
    }
    if (word.length <= 3 && random() < 0.5) continue;
    const neighbours = neighboursOf.get(word) ?? [];
    const heard = neighbours[Math.floor(random() * neighbours.length)] ?? word;
    words.push({ text: heard, confidence: confidence('wrong', random()) });
  }
  return { role: 'caller', text: words.map(({ text }) => text).join(' '), words };
}
