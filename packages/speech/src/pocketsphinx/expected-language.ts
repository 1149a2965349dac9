/** Small language models for answers to closed questions. They are mixed with the open one: people also say other things. */
import { type LanguageModel, smoothWittenBell } from './arpa.ts';
import { createNgramCounts } from './ngram-counts.ts';

const yesNoAnswers: readonly string[] = [
  ...['yes', 'yes please', 'yeah', 'yep', 'yup', 'sure', 'okay', 'ok', 'right', 'correct', 'exactly', 'of course'],
  ...['that is right', "that's right", 'that is correct', 'yes i do', 'yes it is', 'yes that is right', 'please do'],
  ...['no', 'no thanks', 'no thank you', 'nope', 'nah', 'not really', 'not now', "no i don't", 'no it is not'],
  ...["no thanks that's all", "no thank you that's all", 'no thank you goodbye', 'no thanks goodbye', 'no goodbye'],
  ...["no that's all", 'no that is all', 'no that is wrong', "i don't think so", 'wrong', "that's it", 'nothing else'],
];

const digitNames = ['zero', 'oh', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const doubled = ['double'];

export function yesNoLanguage(): LanguageModel {
  const counts = createNgramCounts();
  for (const answer of yesNoAnswers) counts.addSentence(answer.split(' '), 1);
  for (const answer of ['yes', 'no', 'yes please', 'no thank you', 'okay', 'yeah', 'sure'])
    counts.addSentence(answer.split(' '), 5);
  return fromCounts(counts);
}

/** Digits one by one in any order and number. */
export function digitsLanguage(): LanguageModel {
  const counts = createNgramCounts();
  const names = [...digitNames, ...doubled];
  for (const first of names) {
    counts.addSentence([first], 1);
    for (const second of names) counts.addSentence([first, second, first], 1);
  }
  return fromCounts(counts);
}

/** Every word that the small models use, so that it is in each decoder's dictionary. */
export const expectedWords: readonly string[] = [
  ...new Set([...yesNoAnswers.flatMap((answer) => answer.split(' ')), ...digitNames, ...doubled]),
];

function fromCounts(counts: ReturnType<typeof createNgramCounts>): LanguageModel {
  const words = counts.byLength[0]?.get('') ?? new Map<string, number>();
  const total = [...words.values()].reduce((sum, count) => sum + count, 0);
  return smoothWittenBell(counts, new Map([...words].map(([word, count]) => [word, count / total])));
}
