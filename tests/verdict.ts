import { readFileSync } from 'node:fs';
import type { HistoryItem } from '@dialplane/client';

/** A question as a caller asks it, and what its answer must hold. */
export interface Question {
  readonly ask: string;
  /** Title of the article that answers it; absent when none does. */
  readonly article?: string;
  /** Of each inner list at least one must stand in the answer. */
  readonly answer?: readonly (readonly string[])[];
}

export interface QuestionSet {
  readonly questions: readonly Required<Question>[];
  readonly offTopic: readonly Question[];
}

/** `asked_again` also stands for "I don't know" and for the offer of a person: nothing was claimed. */
export type Verdict = 'right' | 'wrong' | 'asked_again';

interface Article {
  readonly title: string;
  readonly content: string;
}

const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');

export const articles: readonly Article[] = JSON.parse(fixture('bakery-articles.json'));
export const questionSet: QuestionSet = JSON.parse(fixture('paraphrases.json'));

/** So many words in a row do not come from an article by chance ("please tell us" is three). */
const RUN_WORDS = 4;
const runs = new Set(articles.flatMap(({ content }) => wordRuns(content)));

/** What an agent says when it claims nothing: it asks again, asks back, does not know, or offers a person. */
const claimsNothing =
  /\?|say (it|that) again|catch that|understand|(don't|do not|didn't|can't|cannot) (know|have|find|answer|help|say)|not sure|\bperson\b|somebody|someone|colleague/i;

/**
 * Judges all that the agent said in reply to one question, silence prompts left out. Facts of the business that do not hold
 * the answer are wrong, as is an answer to a question that no article answers, and saying nothing at all.
 */
export function judge(question: Question, reply: readonly string[]): Verdict {
  const text = reply.join(' ');
  if (question.answer?.every((any) => any.some((fact) => holds(text, fact)))) return 'right';
  if (wordRuns(text).some((run) => runs.has(run))) return 'wrong';
  return claimsNothing.test(text) ? 'asked_again' : 'wrong';
}

/** The agent's reply between two moments of the call (milliseconds since its first event). */
export function replyBetween(items: readonly HistoryItem[], fromMs: number, toMs: number): string[] {
  return items
    .filter(({ event: { sender, context } }) => {
      const spokenMs = Number(context.from_ms ?? context.at_ms);
      return sender.type === 'ai' && context.purpose !== 'silence_prompt' && spokenMs >= fromMs && spokenMs < toMs;
    })
    .map(({ event }) => event.content.text);
}

/** Whole words only: "7" is not in "17". */
function holds(text: string, fact: string): boolean {
  return ` ${words(text).join(' ')} `.includes(` ${words(fact).join(' ')} `);
}

function wordRuns(text: string): string[] {
  const all = words(text);
  return all.slice(0, Math.max(0, all.length - RUN_WORDS + 1)).map((_, at) => all.slice(at, at + RUN_WORDS).join(' '));
}

function words(text: string): string[] {
  return text.toLowerCase().match(/[a-z0-9']+/g) ?? [];
}
