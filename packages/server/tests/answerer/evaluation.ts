/** The evaluation sets and the verdict on an answer. */
import { readFileSync } from 'node:fs';

export interface AskedQuestion {
  readonly ask: string;
  /** Title of the article that answers it. */
  readonly topic: string;
  /** Regular expression of what a right answer says. */
  readonly fact: string;
}

export interface QuestionSet {
  readonly questions: readonly AskedQuestion[];
  readonly offTopic: readonly string[];
}

export type SetName = 'development' | 'heldOut';

export function questionSet(name: SetName): QuestionSet {
  const sets: Record<SetName, QuestionSet> = JSON.parse(
    readFileSync(new URL('./fixtures/questions.json', import.meta.url), 'utf8'),
  );
  return sets[name];
}
