import { describe, expect, test } from 'vitest';
import { type DialogueAct, dialogueActOf } from '../../src/answerer/dialogue-acts.ts';
import { ownQuestion, phrases, thisOne, whichOne } from '../../src/answerer/phrases.ts';
import { saidWords } from '../../src/answerer/question.ts';

const anythingElse = phrases.anythingElse;
const offer = phrases.unknown;
const confirm = thisOne('Gift cards');

/** What was said, the act it is, and the agent's turn before it. */
const rows: readonly (readonly [said: string, act: DialogueAct, agentSaid?: string])[] = [
  ['hello', 'greeting'],
  ['hi there good morning', 'greeting'],
  ['Hello, what are your opening hours?', 'question'],
  ['thanks', 'thanks'],
  ['ok thank you very much', 'thanks'],
  ["that's great, thanks a lot for your help", 'thanks'],
  ['thanks and what about parking', 'question'],
  ['could you repeat that please', 'repeat'],
  ['pardon', 'repeat'],
  ['what', 'repeat'],
  ["sorry I didn't catch that", 'repeat'],
  ['say that again', 'repeat'],
  ['can you repeat the address', 'question'],
  ['yes', 'yes'],
  ['yes please', 'yes', offer],
  ['okay', 'yes', offer],
  ['please', 'yes', offer],
  ['okay', 'nothing'],
  ['no', 'no'],
  ['no thanks', 'goodbye', anythingElse],
  ['no thank you', 'goodbye', anythingElse],
  ['no', 'goodbye', anythingElse],
  ['nope that is all', 'goodbye', anythingElse],
  ['no thank you', 'no', offer],
  ["that's all thanks bye", 'goodbye'],
  ["no offense that's all", 'goodbye'],
  ["no stamps that's all", 'goodbye'],
  ['no i want to know where you are and when the next bus leaves and that is all', 'question'],
  ['goodbye', 'goodbye'],
  ['bye bye', 'goodbye'],
  ['good buy', 'goodbye'],
  ['by', 'goodbye'],
  ["No, that's it, thank you. Have a nice day!", 'goodbye'],
  ['can i buy a gift card', 'question'],
  ['do you say goodbye to old bread', 'question'],
  ['can i bye a gift card', 'question'],
  ['can I talk to a person', 'person'],
  ['let me speak with someone', 'person'],
  ['i want a human', 'person'],
  ['agent', 'person'],
  ['operator please', 'person'],
  ['can i talk to a parson', 'person'],
  ['can i took to a person', 'person'],
  ['transfer me to a representative', 'person'],
  ['is there a real person i can speak to', 'person'],
  ['I would like to talk to somebody about a wedding cake', 'person'],
  ['can someone deliver bread to me', 'question'],
  ['how much is it per person', 'question'],
  ['how much for each person', 'question'],
  ['is there someone who can bake a cake', 'question'],
  ['are you a robot', 'about_itself'],
  ['am i talking to a real person', 'about_itself'],
  ['hold on a second', 'wait'],
  ['um', 'nothing'],
  ['uh well', 'nothing'],
  ['', 'nothing'],
  ['where are you', 'question'],
  ['when', 'question'],
  ['how much is it', 'question'],
  ['yes what about parking', 'question'],
  ['please call me back', 'person'],
  ['yes please call me back', 'person', offer],
  ['no nothing else', 'goodbye', anythingElse],
  ["i'm good thanks", 'goodbye', anythingElse],
  ['how are you', 'greeting'],
  ['can you have someone call me', 'person'],
  ['what is the price for one person', 'question'],
  ['do you have a manager', 'person'],
  ['how', 'repeat'],
  ['the person at the counter was rude', 'question'],
  ['yes', 'yes', confirm],
  ['no', 'no', confirm],
  ['um yes please', 'yes', offer],
  ['no that was it thank you', 'goodbye', anythingElse],
  ['put me through to your manager please', 'person'],
  ['I want to talk to a representative now', 'person'],
  ['what time does the last bus leave', 'question'],
  ['thank you goodbye', 'goodbye'],
  ['never mind', 'no'],
  ['one moment please', 'wait'],
];

describe('what a caller does with words', () => {
  const cases = rows.map(([said, act, agentSaid = '']) => ({ said, act, agentSaid }));
  test.each(cases)('"$said" is $act', ({ said, act, agentSaid }) => {
    expect(dialogueActOf(saidWords({ text: said }), ownQuestion(agentSaid))).toBe(act);
  });
});

test('a person heard out of noise is not asked for', () => {
  const words = [
    { text: 'is there a', confidence: 0.9 },
    { text: 'human', confidence: 0.05 },
    { text: 'in town', confidence: 0.6 },
  ];
  expect(dialogueActOf(saidWords({ text: '', words }), undefined)).toBe('question');
});

describe("the agent's own questions are known again in its heard text", () => {
  test.each<[heard: string, kind: string | undefined]>([
    [phrases.unknown, 'offer_person'],
    ["I'm not sure about that. Would you like me to ask a colleague", 'offer_person'],
    [phrases.anythingElse, 'anything_else'],
    ["You're welcome. Is there anything else I", 'anything_else'],
    [whichOne('Opening hours', 'Gift cards'), 'which'],
    [thisOne('Gift cards'), 'this'],
    ['Are you still there?', 'still_there'],
    [phrases.automated, undefined],
    ['We open at 7 am.', undefined],
    ['', undefined],
  ])('%j is %s', (heard, kind) => {
    expect(ownQuestion(heard)?.kind).toBe(kind);
  });
});
