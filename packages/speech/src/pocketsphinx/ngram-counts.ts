/** Counts of word triples for a language model; sentences may count as less than one. */

export const SENTENCE_START = '<s>';
export const SENTENCE_END = '</s>';
/** Between the words of a key; no word contains a space. */
const SEPARATOR = ' ';

export const ORDER = 3;

/** Context ('' for none, else one or two words) -> following word -> count. */
export type ContextCounts = ReadonlyMap<string, ReadonlyMap<string, number>>;

export interface NgramCounts {
  /** By length of the context: 0, 1, 2. */
  readonly byLength: readonly ContextCounts[];
  addSentence(words: readonly string[], weight: number): void;
  /** Counts `word` after `context` (and its shorter ends) only, without a sentence around it. */
  addNgram(context: readonly string[], word: string, weight: number): void;
}

export function createNgramCounts(): NgramCounts {
  const byLength = Array.from({ length: ORDER }, () => new Map<string, Map<string, number>>());

  function add(context: readonly string[], word: string, weight: number): void {
    const key = context.join(SEPARATOR);
    const contexts = byLength[context.length];
    let words = contexts?.get(key);
    if (words === undefined) {
      words = new Map();
      contexts?.set(key, words);
    }
    words.set(word, (words.get(word) ?? 0) + weight);
  }

  function addNgram(context: readonly string[], word: string, weight: number): void {
    for (let length = 0; length <= Math.min(context.length, ORDER - 1); length++)
      add(context.slice(context.length - length), word, weight);
  }

  return {
    byLength,
    addNgram,
    addSentence(words, weight) {
      if (words.length === 0) return;
      const whole = [SENTENCE_START, ...words, SENTENCE_END];
      for (let at = 1; at < whole.length; at++)
        addNgram(whole.slice(Math.max(0, at - ORDER + 1), at), whole[at] ?? '', weight);
    },
  };
}
