import { expect, test } from 'vitest';
import { hasRealWord, hasStopWord, isBackChannel, sameWords } from '../src/spoken-words.ts';
import { type Circumstances, type HeardTurn, judge } from '../src/verdict.ts';

const plain: HeardTurn = {
  text: 'when are you open',
  confidence: 0.9,
  fromMs: 0,
  speechEndMs: 1200,
  decidedMs: 1700,
  wordsMs: 1700,
  spokenMs: 1200,
  unbrokenMs: 1200,
  aboveNoiseDb: 30,
  continuing: false,
};
const usual: Circumstances = { acceptAbove: 0.5, overAgent: false, shortAnswerExpected: false };
const doubtful = { confidence: 0.2 };

test.each<[string, Partial<HeardTurn>, Partial<Circumstances>, string]>([
  ['clear words', {}, {}, 'accepted'],
  ['nothing recognised', { text: '', confidence: 0 }, {}, 'no_words'],
  ['a click that became a word', { text: 'a', spokenMs: 180 }, {}, 'too_short'],
  ['a short "no" to a yes/no question', { text: 'no', spokenMs: 180 }, { shortAnswerExpected: true }, 'accepted'],
  [
    'a doubtful short word to a question',
    { text: 'no', spokenMs: 180, ...doubtful },
    { shortAnswerExpected: true },
    'too_short',
  ],
  ['"okay" while the agent speaks', { text: 'okay' }, { overAgent: true }, 'back_channel'],
  ['"okay" when the floor is free', { text: 'okay' }, {}, 'accepted'],
  ['"yes" over the question it answers', { text: 'yes' }, { overAgent: true, shortAnswerExpected: true }, 'accepted'],
  ['doubtful words of a clear voice', doubtful, {}, 'low_confidence, unclear'],
  ['one doubtful word', { text: 'when', ...doubtful }, {}, 'low_confidence'],
  ['doubtful words far away', { aboveNoiseDb: 6, ...doubtful }, {}, 'low_confidence'],
  ['doubtful words in a burst', { spokenMs: 350, ...doubtful }, {}, 'low_confidence'],
  [
    'doubtful words without a pause for long',
    { spokenMs: 11_000, unbrokenMs: 12_500, ...doubtful },
    {},
    'low_confidence',
  ],
  ['half a sentence out of nine seconds of voices', { unbrokenMs: 9000, confidence: 0.55 }, {}, 'low_confidence'],
  ['nine seconds in one breath, well heard', { unbrokenMs: 9000 }, {}, 'accepted'],
  ['doubtful words in going sound', { continuing: true, ...doubtful }, {}, 'low_confidence'],
])('%s: %s %s %s', (_, turn, circumstances, expected) => {
  const verdict = judge({ ...plain, ...turn }, { ...usual, ...circumstances });
  const told = verdict.accepted ? 'accepted' : `${verdict.reason}${verdict.unclear ? ', unclear' : ''}`;
  expect(told).toBe(expected);
});

test.each([
  'uh-huh',
  'Uh huh.',
  'mm-hm',
  'Mm-hmm, okay',
  'ok',
  'yeah, right',
  'sure',
  'I see',
  'all right',
  'of course',
  'got it',
])('%s is a back-channel', (words) => {
  expect(isBackChannel(words)).toBe(true);
  expect(hasRealWord(words)).toBe(false);
});

test.each(['okay but when', 'right turn only', 'I', 'Sunday', 'no', 'of'])('%s takes the floor', (words) => {
  expect(hasRealWord(words)).toBe(true);
});

test('no words are neither', () => {
  expect(isBackChannel('')).toBe(false);
  expect(hasRealWord(' . ')).toBe(false);
});

test.each(['stop', 'Wait!', 'no', 'yeah, hold on', 'agent please'])('%s stops the agent', (words) => {
  expect(hasStopWord(words)).toBe(true);
});

test.each(['nothing', 'the hold music', 'waiter'])('%s does not', (words) => {
  expect(hasStopWord(words)).toBe(false);
});

test('the same words are the same however they are written', () => {
  expect(sameWords('When are you open?', 'when are you open')).toBe(true);
  expect(sameWords('when are you open', 'when are you open on')).toBe(false);
});
