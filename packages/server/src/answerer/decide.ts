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
const confirmAbove = 0.22;
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
/** A subject whose next rival has less than this part of its score is meant, even when much was not understood. */
const clearBelow = 0.75;
/** A subject whose title the caller named, and no other's, is meant too. */
const namedEvidence = 0.5;
/** With other subjects far behind, this much of the question and this much evidence are enough to answer. */
const answerClearAbove = 0.22;
/** and twice as much when something was said that the agent has never heard of. */
const answerClearBesideStranger = 0.42;
const clearEvidence = 0.45;
/** A passage with the kind of fact asked for is preferred to its neighbours of the same article by this much, */
const factPreference = 0.2;
/** and one with words that its neighbours lack by this much for each, */
const detailPreference = 0.3;
/** and then said alone when no other has more than this part of its score. */
const aloneBelow = 0.6;
/** Two passages, unless together they are longer than some 18 s of speech. */
const mostPassages = 2;
const maxWords = 45;

/** An attribute that one article alone has names it, if it is most of the question. */
const aloneAttributeBelow = 0.6;
const surelyAbove = 0.65;
/** A subject with this part of the score of a mere attribute is the one asked about. */
const besideAttribute = 0.7;

export function decide(ranked: readonly RankedPassage[]): Decision {
  const [first] = ranked;
  // "How far" and "how much" are asked of many subjects: one that is named as well goes before.
  const best =
    ranked.find(({ subjects, score }) => subjects > 0 && score >= (first?.score ?? 0) * besideAttribute) ?? first;
  if (best === undefined || best.score < confirmAbove || best.evidence < evidenceAbove) return { kind: 'unknown' };
  const { topic } = best.passage;
  const rival = ranked.find(
    ({ passage, subjects }) => passage.topic !== topic && (subjects > 0 || best.subjects === 0),
  );
  const named = best.titleEvidence >= namedEvidence && (rival?.titleEvidence ?? 0) <= best.titleEvidence / 2;
  if (
    rival !== undefined &&
    !named &&
    rival.score >= best.score * (1 - margin) &&
    topic.title !== '' &&
    rival.passage.topic.title !== ''
  )
    return { kind: 'which', topics: [topic, rival.passage.topic] };
  const rivalShare = rival === undefined ? 0 : rival.score / best.score;
  const crowded = Math.max(0, rivalShare - crowdedFrom) / (1 - crowdedFrom);
  const score = named ? best.score : best.score * (1 - crowded * crowdedCost);
  const many = score >= answerManyAbove && best.evidence >= manyEvidence && best.matches >= manyMatches;
  if (best.sureEvidence < sureAbove && !many)
    return topic.title === '' || best.evidence < soundsLikeAbove ? { kind: 'unknown' } : { kind: 'confirm', topic };
  // "How far away is the moon": an attribute of something that the agent has never heard of is not ours either.
  const alone = best.strangers === 0 && rivalShare <= aloneAttributeBelow && score >= surelyAbove;
  const noSubject = best.subjects === 0 && !best.inFocus && !alone;
  const clear = (named || rivalShare < clearBelow) && best.sureEvidence >= clearEvidence && best.foreign === 0;
  const anotherSubject = best.matches <= 1 && best.strangers > 0 && !clear;
  const enough =
    many ||
    (!anotherSubject &&
      score >= (clear ? (best.strangers > 0 ? answerClearBesideStranger : answerClearAbove) : answerAbove));
  if (!enough || noSubject) return topic.title === '' ? { kind: 'unknown' } : { kind: 'confirm', topic };
  return { kind: 'answer', passages: spokenTogether(ranked, best) };
}

const countWords = (text: string): number => text.split(/\s+/).length;

/**
 * The best passages of the article, in the article's order, within the limit of words: a caller likes a longer right
 * answer better than a short one beside the point.
 */
export function spokenTogether(ranked: readonly RankedPassage[], best: RankedPassage): Passage[] {
  const { topic } = best.passage;
  const worth = ({ score, detail, holdsFact }: RankedPassage) =>
    score + detail * detailPreference + (holdsFact ? factPreference : 0);
  const [first = best, ...others] = ranked
    .filter(({ passage, score }) => passage.topic === topic && score > 0)
    .sort((a, b) => worth(b) - worth(a));
  const chosen = [first.passage];
  let words = countWords(first.passage.text);
  for (const other of others) {
    if (chosen.length === mostPassages || (first.holdsFact && worth(other) < worth(first) * aloneBelow)) break;
    const more = countWords(other.passage.text);
    if (words + more > maxWords) continue;
    words += more;
    chosen.push(other.passage);
  }
  return topic.passages.filter((passage) => chosen.includes(passage));
}
