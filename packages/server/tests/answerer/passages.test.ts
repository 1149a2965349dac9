import { describe, expect, test } from 'vitest';
import { bakery } from '../../src/demo/bakery.ts';
import { instructionPassages } from '../../src/knowledge/instructions.ts';
import { passagesOf } from '../../src/knowledge/passages.ts';
import { speakableSentences, splitSentences } from '../../src/knowledge/sentences.ts';

describe('sentences', () => {
  test.each([
    ['It is at 7.30. Come in!', ['It is at 7.30.', 'Come in!']],
    ['Ask Dr. Smith, e.g. today. Thanks.', ['Ask Dr. Smith, e.g. today.', 'Thanks.']],
    ['Open at 9 a.m. and closed at 5 p.m. We rest.', ['Open at 9 a.m. and closed at 5 p.m.', 'We rest.']],
    ['At 5 Main St. in Springfield', ['At 5 Main St. in Springfield']],
    ['Really?! Yes.', ['Really?!', 'Yes.']],
  ])('%j', (text, sentences) => {
    expect(splitSentences(text)).toEqual(sentences);
  });

  test('markdown becomes sentences: headings go, list items end, links keep their words', () => {
    const article =
      '# Hours\n\nWe open **daily**.\n\n- Monday: 7 to 9\n- [Menu](https://x.example/menu), see `www`\n1. First\n\n| Bread | 5 dollars |\n|---|---|\n\nVisit https://www.example.com/a?b=c.';
    expect(speakableSentences(article)).toEqual([
      'We open daily.',
      'Monday: 7 to 9.',
      'Menu, see www.',
      'First.',
      'Bread, 5 dollars.',
      'Visit example.com.',
    ]);
  });
});

describe('passages', () => {
  test('have one to three sentences and lose no word of the article', () => {
    for (const { content } of bakery.articles) {
      const passages = passagesOf(content);
      for (const passage of passages) expect(splitSentences(passage).length).toBeLessThanOrEqual(3);
      expect(passages.join(' ')).toBe(content);
    }
  });

  test('a sentence that leans on the one before it stays with it', () => {
    expect(
      passagesOf('A class for adults takes three hours on Saturday mornings. It costs 60 dollars for each person.'),
    ).toHaveLength(1);
  });

  test('nothing to say gives no passage', () => {
    expect(passagesOf('# Only a heading\n\n---\n')).toEqual([]);
  });
});

describe('what of an instruction is spoken', () => {
  test.each([
    ['Be polite.', []],
    ['You are a helpful assistant of a hotel. Speak slowly. Never mention prices.', []],
    ['If the caller is angry, transfer to a person.', []],
    ['Ask for the name of the caller.', []],
    ['We are closed on Mondays.', [['', 'We are closed on Mondays.']]],
    ['Be polite. Breakfast is served until 10 am.', [['', 'Breakfast is served until 10 am.']]],
    ['Q: Do you deliver? A: Yes, within ten miles.', [['Do you deliver?', 'Yes, within ten miles.']]],
    [
      'Q: Do you deliver?\nA: Yes.\nQ: Is it free?\nA: No, it costs 5 dollars.',
      [
        ['Do you deliver?', 'Yes.'],
        ['Is it free?', 'No, it costs 5 dollars.'],
      ],
    ],
    ['If asked about parking, say that parking is free.', [['Parking', 'Parking is free.']]],
    ['When a customer asks about wifi, tell them the password is "sesame".', [['Wifi', 'The password is sesame.']]],
    [
      'If someone asks if we sell bikes, say "No, we only repair them."',
      [['We sell bikes', 'No, we only repair them.']],
    ],
  ])('%j', (instruction, spoken) => {
    expect(instructionPassages(instruction).map(({ title, text }) => [title, text])).toEqual(spoken);
  });
});
