/** What the agent's own last turn makes clear: the subject being talked about, and which of the offered ones is meant. */
import { type Corpus, fieldOf, type Topic } from './corpus.ts';
import type { DialogueAct } from './dialogue-acts.ts';
import type { Question } from './question.ts';

/** Letters that tell one passage from another. */
const startOfPassage = 30;

/** Words that point back: "how much is that?", "and on Sunday?" */
const pointsBack = /^(?:and|what about|how about)\b|\b(?:it|that|they|them|those|these)\b/;
/** A question with more words of its own stands on them. */
const fewTerms = 2;

/** The subject of the agent's last answer, when the question points back at it. */
export function focusOf(agentSaid: string, { words, terms }: Question, corpus: Corpus): Topic | undefined {
  if (terms.length > fewTerms || !pointsBack.test(words.join(' '))) return undefined;
  for (const { text, topic } of corpus.passages.values())
    if (agentSaid.includes(text.slice(0, startOfPassage))) return topic;
  return undefined;
}

const saysFirst = /\b(?:first|former)\b/;
const saysSecond = /\b(?:second|latter|last|other)\b/;

/** Of the subjects named in "Do you mean ... or ...?", those the caller's answer leaves. */
export function meantTopics(meant: string, answer: string, act: DialogueAct, corpus: Corpus): Topic[] {
  const asked = meant.toLowerCase();
  const offered = corpus.topics
    .filter(({ title }) => title !== '' && asked.includes(title.toLowerCase().replace(/[?.!:]+$/, '')))
    .sort((a, b) => asked.indexOf(a.title.toLowerCase()) - asked.indexOf(b.title.toLowerCase()));
  if (act === 'no') return [];
  if (act === 'yes') return offered;
  if (act !== 'question') return [];
  const [first, second] = offered;
  const said = answer.toLowerCase();
  const named = fieldOf(answer);
  const matches = offered.filter(
    ({ titleField }) =>
      [...named.stems].some((stem) => titleField.stems.has(stem)) ||
      [...named.groups].some((group) => titleField.groups.has(group)),
  );
  if (matches.length === 1) return matches;
  if (first !== undefined && saysFirst.test(said)) return [first];
  return second !== undefined && saysSecond.test(said) ? [second] : [];
}
