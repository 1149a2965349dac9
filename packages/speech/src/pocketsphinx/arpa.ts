/** From counts to a back-off language model in ARPA text form (Doug Paul's format, as SRILM and CMU Sphinx read it). */
import { type ContextCounts, type NgramCounts, ORDER, SENTENCE_START } from './ngram-counts.ts';

/** What the format writes for a probability of zero: `<s>` is never predicted. */
const LOG_ZERO = -99;

export interface LanguageModel {
  /** By length: words joined by spaces -> probability of the last after the others. */
  readonly probabilities: readonly ReadonlyMap<string, number>[];
  /** Context -> factor on the shorter context's probability, for words not listed. 1 where absent. */
  readonly backOffs: ReadonlyMap<string, number>;
}

/**
 * Witten-Bell smoothing: a context that was followed by many different words leaves much room for yet another one.
 * `unigrams` are the probabilities with no context, of every word of the vocabulary; they sum to 1 with `</s>`.
 * Words outside `unigrams` are left out of the model.
 */
export function smoothWittenBell(counts: NgramCounts, unigrams: ReadonlyMap<string, number>): LanguageModel {
  const probabilities: Map<string, number>[] = [new Map(unigrams)];
  const backOffs = new Map<string, number>();
  const model: LanguageModel = { probabilities, backOffs };
  for (let length = 1; length < ORDER; length++) {
    const listed = new Map<string, number>();
    for (const [context, words] of known(counts.byLength[length], unigrams)) {
      const total = sum(words.values());
      // A word seen with weight under one is that much of a kind.
      const kinds = sum([...words.values()].map((count) => Math.min(1, count)));
      const shorter = context.split(' ').slice(1);
      backOffs.set(context, kinds / (total + kinds));
      for (const [word, count] of words) {
        const below = probabilityOf(model, shorter, word);
        listed.set(`${context} ${word}`, (count + kinds * below) / (total + kinds));
      }
    }
    probabilities.push(listed);
  }
  return model;
}

/** p(word | context) with back-off. `context`: up to two words, the nearest last. */
export function probabilityOf(model: LanguageModel, context: readonly string[], word: string): number {
  const listed = model.probabilities[context.length]?.get([...context, word].join(' '));
  if (listed !== undefined) return listed;
  if (context.length === 0) return 0;
  return (model.backOffs.get(context.join(' ')) ?? 1) * probabilityOf(model, context.slice(1), word);
}

/** Contexts and following words of which every word is in the vocabulary (or the sentence start). */
function* known(
  contexts: ContextCounts | undefined,
  unigrams: ReadonlyMap<string, number>,
): Generator<[string, ReadonlyMap<string, number>]> {
  for (const [context, words] of contexts ?? []) {
    if (!context.split(' ').every((word) => word === SENTENCE_START || unigrams.has(word))) continue;
    const kept = new Map([...words].filter(([word]) => unigrams.has(word)));
    if (kept.size > 0) yield [context, kept];
  }
}

export function writeArpa({ probabilities, backOffs }: LanguageModel): string {
  const lines = ['\\data\\'];
  const sections = probabilities.map((listed, index) => {
    const entries = [...listed];
    // The sentence start is a context only, but the format wants it among the single words.
    if (index === 0) entries.push([SENTENCE_START, 0]);
    return entries.sort(([a], [b]) => (a < b ? -1 : 1));
  });
  for (const [index, entries] of sections.entries()) lines.push(`ngram ${index + 1}=${entries.length}`);
  for (const [index, entries] of sections.entries()) {
    lines.push('', `\\${index + 1}-grams:`);
    for (const [words, probability] of entries) {
      const backOff = index < ORDER - 1 ? ` ${log10(backOffs.get(words) ?? 1)}` : '';
      lines.push(`${log10(probability)} ${words}${backOff}`);
    }
  }
  lines.push('', '\\end\\', '');
  return lines.join('\n');
}

function log10(value: number): string {
  return value <= 0 ? String(LOG_ZERO) : Math.log10(value).toFixed(4);
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
