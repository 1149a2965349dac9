import { describe, expect, test } from 'vitest';
import { isCommonWord } from '../../src/answerer/common-words.ts';
import { questionOf, saidWords } from '../../src/answerer/question.ts';
import { soundSimilarity, soundsOf } from '../../src/answerer/sounds.ts';
import { stemOf } from '../../src/answerer/stem.ts';
import { phraseAt } from '../../src/answerer/thesaurus.ts';
import { wordsOf } from '../../src/answerer/words.ts';

describe('words', () => {
  test.each([
    ["What's up, e-mail me!", 'what is up email me'],
    ['I CAN’T come; um, 1,000 dollars', 'i can not come 1000 dollars'],
    ["my daughter's cake", 'my daughter cake'],
    ['gluten-free', 'gluten free'],
    ['wi fi', 'wifi'],
    ['café', 'cafe'],
    ['...', ''],
  ])('%j', (text, words) => {
    expect(wordsOf(text).join(' ')).toBe(words);
  });
});

describe('stems', () => {
  // Pairs out of Porter's paper and of telephone enquiries.
  test.each([
    ['caresses', 'caress'],
    ['ponies', 'poni'],
    ['agreed', 'agre'],
    ['hopping', 'hop'],
    ['falling', 'fall'],
    ['relational', 'relat'],
    ['conditional', 'condit'],
    ['electrical', 'electr'],
    ['adjustable', 'adjust'],
    ['rate', 'rate'],
    ['controlling', 'control'],
    ['deliveries', 'deliveri'],
    ['opening', 'open'],
  ])('%s is %s', (word, stem) => {
    expect(stemOf(word)).toBe(stem);
  });
});

describe('sounds', () => {
  const alike = (a: string, b: string) => soundSimilarity(soundsOf(a), soundsOf(b));
  test.each([
    ['parking', 'barking'],
    ['closing', 'clothing'],
    ['whether', 'weather'],
    ['person', 'parson'],
    ['thelivery', 'delivery'],
    ['knight', 'night'],
  ])('%s sounds like %s', (a, b) => {
    expect(alike(a, b)).toBeGreaterThan(0.8);
  });
  test.each([
    ['parking', 'refund'],
    ['gift', 'bread'],
    ['allergy', 'delivery'],
  ])('%s does not sound like %s', (a, b) => {
    expect(alike(a, b)).toBeLessThan(0.6);
  });
  test('likeness is symmetric and whole for the same word', () => {
    expect(alike('cinnamon', 'cinnamon')).toBe(1);
    expect(alike('cake', 'cook')).toBe(alike('cook', 'cake'));
  });
});

describe('what is asked for', () => {
  test.each([
    ['When do you open?', 'time'],
    ['How late are you there?', 'time'],
    ['How long does it take?', 'duration'],
    ['How much is it?', 'money'],
    ['What does delivery cost?', 'money'],
    ['Where are you?', 'place'],
    ['Do you deliver?', undefined],
    ['Do I need it when I complain?', undefined],
  ])('%j wants a %s', (asked, wants) => {
    expect(questionOf(saidWords({ text: asked })).wants).toBe(wants);
  });
});

describe('words of every conversation', () => {
  test.each(['write', 'leave', 'leaving', 'put', 'find', 'finds', 'far', 'away', 'late', 'need', 'needed', 'wife'])(
    '%s tells nothing of a subject',
    (word) => expect(isCommonWord(word)).toBe(true),
  );
  test.each(['voucher', 'parking', 'invoice', 'open', 'allergic', 'cake'])('%s does', (word) =>
    expect(isCommonWord(word)).toBe(false),
  );
});

describe('phrases of the thesaurus', () => {
  const phrase = (text: string) => phraseAt(wordsOf(text).map(stemOf), 0);
  test('are found with articles and pronouns between their words', () => {
    expect(phrase('send it back please')).toMatchObject({ length: 3 });
    expect(phrase('send it back please')?.groups).toContain('refund');
    expect(phrase('to my house')?.groups).toContain('deliver');
  });
  test('are not found with another word between them', () => {
    expect(phrase('send flowers back')).toBeUndefined();
  });
});
