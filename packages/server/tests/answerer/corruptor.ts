/**
 * Writes a question as a telephone recogniser might hear it: words taken for others that sound alike (neighbours by the
 * phonemes of the CMU dictionary, `fixtures/confusions.json`), small words lost, all from a seed.
 */
import { readFileSync } from 'node:fs';

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

/** `rate` of the words are wrong: two thirds replaced, one third lost, of which only words of up to three letters can be. */
export function corrupt(question: string, rate: number, random: () => number): string {
  const words = question
    .toLowerCase()
    .replace(/[^a-z0-9' -]/g, '')
    .split(/[ -]+/);
  const heard: string[] = [];
  for (const word of words) {
    if (random() >= rate) {
      heard.push(word);
      continue;
    }
    if (word.length <= 3 && random() < 0.5) continue;
    const neighbours = neighboursOf.get(word) ?? [];
    heard.push(neighbours[Math.floor(random() * neighbours.length)] ?? word);
  }
  return heard.join(' ');
}
