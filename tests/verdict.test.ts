import { describe, expect, it } from 'vitest';
import { articles, judge, questionSet } from './verdict.ts';

const late = { ask: 'How late?', article: 'Opening hours', answer: [['6 pm', 'six']] };
const offTopic = { ask: 'Are you hiring?' };

describe('the questions of the acceptance test', () => {
  it('are four for each of the ten articles, and ten that no article answers', () => {
    for (const { title } of articles) {
      expect(questionSet.questions.filter(({ article }) => article === title)).toHaveLength(4);
    }
    expect(questionSet.questions).toHaveLength(40);
    expect(questionSet.offTopic).toHaveLength(10);
  });

  it.each(questionSet.questions)('is answered by its article: $ask', (question) => {
    const content = articles.find(({ title }) => title === question.article)?.content ?? '';
    expect(judge(question, [content])).toBe('right');
  });

  it.each(questionSet.questions)('is not in the words of an article: $ask', ({ ask }) => {
    expect(judge(offTopic, [`${ask}?`])).toBe('asked_again');
  });
});

describe('the verdict on a reply', () => {
  it.each([
    { reply: ['From Monday to Friday we open at 7 am and close at 6 pm.'], verdict: 'right' },
    { reply: ['From Monday to Friday', 'we close at six.'], verdict: 'right' },
    { reply: ['On Saturday we open at 8 am and close at 4 pm.'], verdict: 'wrong' },
    { reply: ['On Saturday we open at 8 am and close at 16 pm.'], verdict: 'wrong' },
    { reply: ["Sorry, I didn't quite catch that. Could you say it again?"], verdict: 'asked_again' },
    { reply: ["I don't know that. Shall I connect you to a person?"], verdict: 'asked_again' },
    { reply: ['Goodbye.'], verdict: 'wrong' },
    { reply: [], verdict: 'wrong' },
  ])('$verdict: $reply', ({ reply, verdict }) => {
    expect(judge(late, reply)).toBe(verdict);
  });

  it.each([
    { reply: ['A class costs 60 dollars for each person. Anything else?'], verdict: 'wrong' },
    { reply: ["I'm afraid I don't know."], verdict: 'asked_again' },
  ])('for a question no article answers, $verdict: $reply', ({ reply, verdict }) => {
    expect(judge(offTopic, reply)).toBe(verdict);
  });
});
