/** Asks the demo agent the questions of a set, as written and as the embedded recogniser might hear them. */
import { readFileSync } from 'node:fs';
import type { ModelTurn } from '@dialplane/conversation';
import { corrupt, seededRandom } from './corruptor.ts';
import type { DemoAgent, Spoken } from './model-under-test.ts';

interface AskedQuestion {
  readonly ask: string;
  /** Title of the article that answers it. */
  readonly topic: string;
  /** Regular expression of what a right answer says. */
  readonly fact: string;
}

interface QuestionSet {
  readonly questions: readonly AskedQuestion[];
  /** Nothing in the knowledge answers these. */
  readonly offTopic: readonly string[];
}

/** The held-out sets are looked at for a report, not while scoring is changed. `everyday` avoids the articles' own words. */
export const setNames = ['development', 'heldOut', 'everyday', 'everydayHeldOut'] as const;
export type SetName = (typeof setNames)[number];

export interface Outcome {
  readonly asked: string;
  readonly heard: string;
  readonly verdict: 'right' | 'wrong' | 'asked_again' | 'off_topic_answered' | 'off_topic_refused';
  readonly spoken: Spoken;
}

export interface Shares {
  readonly right: number;
  readonly wrong: number;
  readonly askedAgain: number;
  readonly offTopicAnswered: number;
}

const sets: Record<SetName, QuestionSet> = JSON.parse(
  readFileSync(new URL('./fixtures/questions.json', import.meta.url), 'utf8'),
);

/** Rules that answer or act; all others ask the caller to go on. */
const acting = new Set(['knowledge', 'chosen_subject', 'person', 'goodbye']);

/**
 * @param wrongWords share of the words that are misheard, 0 to 1.
 * @param seeds how many times each question is misheard.
 */
export async function evaluate(
  agent: DemoAgent,
  name: SetName,
  wrongWords: number,
  seeds: number,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const random = seededRandom(seed);
    const hear = (text: string): ModelTurn =>
      wrongWords === 0 ? { role: 'caller', text } : corrupt(text, wrongWords, random);
    for (const { ask, topic, fact } of sets[name].questions) {
      const heard = hear(ask);
      const spoken = await agent.ask([heard]);
      const title = spoken.passages.find(({ used }) => used)?.title;
      const right = title === topic && new RegExp(fact, 'i').test(spoken.text);
      const verdict = acting.has(spoken.rule) ? (right ? 'right' : 'wrong') : 'asked_again';
      outcomes.push({ asked: ask, heard: heard.text, verdict, spoken });
    }
    for (const ask of sets[name].offTopic) {
      const heard = hear(ask);
      const spoken = await agent.ask([heard]);
      const verdict = acting.has(spoken.rule) ? 'off_topic_answered' : 'off_topic_refused';
      outcomes.push({ asked: ask, heard: heard.text, verdict, spoken });
    }
  }
  return outcomes;
}

/** Shares of the questions, and of the off-topic ones that were answered, 0 to 1. */
export function sharesOf(outcomes: readonly Outcome[]): Shares {
  const count = (verdict: Outcome['verdict']) => outcomes.filter((outcome) => outcome.verdict === verdict).length;
  const right = count('right');
  const wrong = count('wrong');
  const askedAgain = count('asked_again');
  const questions = right + wrong + askedAgain;
  const answered = count('off_topic_answered');
  return {
    right: right / questions,
    wrong: wrong / questions,
    askedAgain: askedAgain / questions,
    offTopicAnswered: answered / (answered + count('off_topic_refused')),
  };
}
