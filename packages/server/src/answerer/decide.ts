/** From ranked passages to what the agent does: answer, ask which subject is meant, or say that it does not know. */
import type { Passage, Topic } from './corpus.ts';
import type { RankedPassage } from './rank.ts';

export type Decision =
  | { readonly kind: 'answer'; readonly passages: readonly Passage[] }
  | { readonly kind: 'which'; readonly topics: readonly [Topic, Topic] }
  | { readonly kind: 'confirm'; readonly topic: Topic }
  | { readonly kind: 'unknown' };

/** A passage that covers less of the question than this is not an answer, */
const answerAbove = 0.34;
/** unless several of the caller's words point at it among many that fit nothing, as in badly heard speech. */
const answerManyAbove = 0.28;
const manyEvidence = 1;
const manyMatches = 2;
/** Between this and an answer the subject is guessed aloud ("Do you mean gift cards?") rather than answered. */
const confirmAbove = 0.28;
/** A single common word matched ("order") is no evidence of a subject. */
const evidenceAbove = 0.25;
/** A subject that rests on words that only sound like it is asked about, and only when they sound much like it. */
const sureAbove = 0.3;
const soundsLikeAbove = 0.55;
/** Two subjects whose scores differ by less than this part are both possible. */
const margin = 0.06;
/**
 * Of the best passages on the development set nearly all are right when the next subject has less than this part of
 * their score, and half of them when it has nearly as much: the score counts less by up to `crowdedCost`.
 */
const crowdedFrom = 0.55;
const crowdedCost = 0.2;
/** Other passages of the same article are said as well when they answer nearly as much of the question. */
const alsoAbove = 0.9;
/** Some 20 s of speech; more is a lecture. */
const maxWords = 50;

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
  const rivalShare = rival === undefined ? 0 : rival.score / best.score;
  const crowded = Math.max(0, rivalShare - crowdedFrom) / (1 - crowdedFrom);
  const score = best.score * (1 - crowded * crowdedCost);
  const many = score >= answerManyAbove && best.evidence >= manyEvidence && best.matches >= manyMatches;
  if (best.sureEvidence < sureAbove && !many)
    return topic.title === '' || best.evidence < soundsLikeAbove ? { kind: 'unknown' } : { kind: 'confirm', topic };
  const anotherSubject = best.matches <= 1 && best.strangers > 0;
  const noSubject = best.subjects === 0 && !best.inFocus;
  if (((score < answerAbove || anotherSubject) && !many) || noSubject)
    return topic.title === '' ? { kind: 'unknown' } : { kind: 'confirm', topic };
  return { kind: 'answer', passages: spokenTogether(ranked, best) };
}

const countWords = (text: string): number => text.split(/\s+/).length;

/** The best passage and its near equals of the same article, in the article's order, within the limit of words. */
export function spokenTogether(ranked: readonly RankedPassage[], best: RankedPassage): Passage[] {
  const { topic } = best.passage;
  const chosen = new Set<Passage>();
  let words = 0;
  for (const { passage, score } of ranked) {
    if (passage.topic !== topic || score < best.score * alsoAbove) continue;
    words += countWords(passage.text);
    if (chosen.size > 0 && words > maxWords) break;
    chosen.add(passage);
  }
  return topic.passages.filter((passage) => chosen.has(passage));
}
