import { expect, it } from 'vitest';
import { guessPhonemes } from '../src/text/letter-to-sound.ts';

it.each([
  ['brakes', 'B R EY K S'],
  ['service', 'S ER V IH S'],
  ['people', 'P IY P AH L'],
  ['warranty', 'W AO R R AE N T IY'],
  ['kestrel', 'K EH S T R EH L'],
  ['thing', 'TH IH NG'],
  ['tyres', 'T AY R Z'],
  ['b', 'B IY'],
  ['xkcd', 'EH K S K EY S IY D IY'],
  ["don't", 'D OW N T'],
])('sounds out %s', (word, phonemes) => {
  expect(guessPhonemes(word).join(' ')).toBe(phonemes);
});
