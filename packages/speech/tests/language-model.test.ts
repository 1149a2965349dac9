import { describe, expect, it } from 'vitest';
import { buildAgentLanguage } from '../src/pocketsphinx/agent-language.ts';
import { probabilityOf, smoothWittenBell, writeArpa } from '../src/pocketsphinx/arpa.ts';
import { readDictionary, writeDictionary } from '../src/pocketsphinx/dictionary.ts';
import { digitsLanguage, expectedWords, yesNoLanguage } from '../src/pocketsphinx/expected-language.ts';
import { createNgramCounts } from '../src/pocketsphinx/ngram-counts.ts';

const vocabulary = {
  id: 'tea',
  sentences: ['The Voltera kettle costs $45 and boils in 3 minutes.', 'Unused kettles can be returned within 30 days.'],
};
const everyday = [
  { word: 'the', probability: 0.05 },
  { word: 'weather', probability: 0.001 },
  { word: 'kettle', probability: 0.0001 },
];
const known = new Set(['return', 'returns', 'cost', 'kettle', 'boil', 'boiled', 'minute']);
const { model, words } = buildAgentLanguage(vocabulary, everyday, (word) => known.has(word));

function sumAfter(context: readonly string[], language = model): number {
  const all = language.probabilities[0]?.keys() ?? [];
  return [...all].reduce((sum, word) => sum + probabilityOf(language, context, word), 0);
}

describe('the language model of an agent', () => {
  it('has probabilities that sum to one after every context', () => {
    expect(sumAfter([])).toBeCloseTo(1, 6);
    const contexts = [...model.backOffs.keys()];
    expect(contexts.length).toBeGreaterThan(100);
    // Every fortieth of the thousands: a mistake in smoothing shows in any of them.
    for (const context of contexts.filter((_, index) => index % 40 === 0))
      expect(sumAfter(context.split(' ')), context).toBeCloseTo(1, 6);
    expect(sumAfter(['weather', 'unheard'])).toBeCloseTo(1, 6);
  });

  it('knows the words of the knowledge, their other forms, and everyday words', () => {
    for (const word of ['voltera', 'forty', 'returned', 'return', 'returns', 'cost', 'weather', 'representative'])
      expect(words, word).toContain(word);
    expect(words).not.toContain('kettlement');
  });

  it('expects what is asked about the knowledge more than the same words in disorder', () => {
    const likely = probabilityOf(model, ['is', 'the'], 'kettle');
    expect(likely).toBeGreaterThan(probabilityOf(model, ['is', 'the'], 'weather') * 10);
    expect(probabilityOf(model, ['the', 'voltera'], 'kettle')).toBeGreaterThan(0.1);
  });

  it('is written as an ARPA file whose counts are true and whose order is right', () => {
    const lines = writeArpa(model).split('\n');
    expect(lines[0]).toBe('\\data\\');
    for (const order of [1, 2, 3]) {
      const count = Number(lines.find((line) => line.startsWith(`ngram ${order}=`))?.split('=')[1]);
      const from = lines.indexOf(`\\${order}-grams:`) + 1;
      const to = lines.indexOf('', from);
      expect(to - from).toBe(count);
      for (const line of lines.slice(from, to)) {
        const fields = line.split(' ');
        expect(fields.length).toBe(order + (order < 3 ? 2 : 1));
        expect(Number(fields[0])).toBeLessThanOrEqual(0);
      }
    }
    expect(lines.slice(-2)).toEqual(['\\end\\', '']);
  });

  it('gives the same file for the same knowledge', () => {
    const again = buildAgentLanguage(vocabulary, everyday, (word) => known.has(word));
    expect(writeArpa(again.model)).toBe(writeArpa(model));
  });

  it('can be made of no knowledge at all', () => {
    const empty = buildAgentLanguage({ id: 'empty', sentences: [] }, everyday, () => false);
    expect(empty.words).toContain('hello');
    expect(sumAfter(['<s>'], empty.model)).toBeCloseTo(1, 6);
  });
});

describe('languages of closed questions', () => {
  it.each([
    ['yes or no', yesNoLanguage()],
    ['digits', digitsLanguage()],
  ])('%s: sum to one, and their words are in every dictionary', (_, language) => {
    for (const context of [[], ['<s>'], [...language.backOffs.keys()][3]?.split(' ') ?? []])
      expect(sumAfter(context, language)).toBeCloseTo(1, 6);
    for (const word of language.probabilities[0]?.keys() ?? [])
      if (word !== '</s>') expect(expectedWords).toContain(word);
  });
});

describe('smoothing', () => {
  it('gives unseen words the share of their context that its variety asks for', () => {
    const counts = createNgramCounts();
    counts.addSentence(['a', 'b'], 3);
    counts.addSentence(['a', 'c'], 1);
    const unigrams = new Map([
      ['a', 0.25],
      ['b', 0.25],
      ['c', 0.25],
      ['</s>', 0.25],
    ]);
    const language = smoothWittenBell(counts, unigrams);
    // After "a": four words of two kinds, so 2 / (4 + 2) is left for others.
    expect(language.backOffs.get('a')).toBeCloseTo(1 / 3, 6);
    expect(probabilityOf(language, ['a'], 'b')).toBeCloseTo((3 + 2 * 0.25) / 6, 6);
    expect(probabilityOf(language, ['a'], 'a')).toBeCloseTo(0.25 / 3, 6);
  });
});

describe('the dictionary', () => {
  it('is cut to the words wanted, keeps variants, and sounds out the unknown', () => {
    const dictionary = readDictionary('read R EH D\nread(2) R IY D\nother AH DH ER\n');
    expect(writeDictionary(['read', 'voltera'], dictionary)).toBe(
      'read R EH D\nread(2) R IY D\nvoltera V AA L T ER AH\n',
    );
  });
});
