/** From ranked passages to what the agent does: answer, ask which subject is meant, or say that it does not know. */
import type { Passage, Topic } from './corpus.ts';
import type { RankedPassage } from './rank.ts';

export type Decision =
  | { readonly kind: 'answer'; readonly passages: readonly Passage[] }
  | { readonly kind: 'which'; readonly topics: readonly [Topic, Topic] }
  | { readonly kind: 'confirm'; readonly topic: Topic }
  | { readonly kind: 'unknown' };

/** A passage that covers less of the question than this is not an answer. */
export const answerAbove = 0.42;
/** Between this and `answerAbove` the subject is guessed aloud ("Do you mean gift cards?") rather than answered. */
const confirmAbove = 0.33;
/** A single common word matched ("order") is no evidence of a subject. */
const evidenceAbove = 0.25;
/** Two subjects whose scores differ by less than this part are both possible. */
const margin = 0.06;
/** A second passage of the same article is said as well when it answers nearly as much of the question. */
const alsoAbove = 0.86;
/** Some 22 s of speech; more is a lecture. */
const maxWords = 58;

export function decide(ranked: readonly RankedPassage[]): Decision {
  const [best] = ranked;
  if (best === undefined || best.score < confirmAbove || best.evidence < evidenceAbove) return { kind: 'unknown' };
  const { topic } = best.passage;
  const rival = ranked.find(({ passage }) => passage.topic !== topic);
  if (
    rival !== undefined &&
    rival.score >= best.score * (1 - margin) &&
    topic.title !== '' &&
    rival.passage.topic.title !== ''
  )
    return { kind: 'which', topics: [topic, rival.passage.topic] };
  if (best.score < answerAbove) return topic.title === '' ? { kind: 'unknown' } : { kind: 'confirm', topic };
  const second = ranked.find(
    ({ passage, score }) => passage !== best.passage && passage.topic === topic && score >= best.score * alsoAbove,
  );
  const chosen = new Set([best.passage, ...(second === undefined ? [] : [second.passage])]);
  const passages = topic.passages.filter((passage) => chosen.has(passage));
  const words = passages.reduce((sum, { text }) => sum + text.split(/\s+/).length, 0);
  return { kind: 'answer', passages: words <= maxWords ? passages : [best.passage] };
}
