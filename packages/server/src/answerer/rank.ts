/** How well each passage answers a question: the share of the question's information that the passage covers. */
import type { Corpus, Field, Passage, Topic } from './corpus.ts';
import type { HeardTerm } from './hearing.ts';
import { holdsFact, type WantedFact } from './question.ts';

export interface RankedPassage {
  readonly passage: Passage;
  /** 0 to about 1.3: 1 is a passage that has every word of the question. */
  readonly score: number;
  /** Information matched, whatever else the caller said; one rare word in a title is about 1. */
  readonly evidence: number;
}

/** Another word for the same thing proves a little less than the word itself. */
const synonymWorth = 0.85;
/** What a match is worth by where it is found. A title names the subject; text beside it only speaks of it. */
const inTitle = 0.8;
const inText = 0.7;
const inBoth = 1.1;
/** In another passage of the same article. */
const beside = 0.35;
const inTitleAndBeside = 0.9;
/** A passage with the kind of fact that was asked for (a time for "when") answers better than its neighbours. */
const factBonus = 0.12;
/**
 * Weight of a word that is nowhere in what the agent knows, relative to its rarest word. It speaks against every
 * passage, but part of such words are a recogniser's mistakes.
 */
const unknownWeight = 0.6;
const shortUnknownWeight = 0.25;
const shortWordLetters = 3;
/**
 * Every agent is ranked as if ten more articles existed that have none of the words, so that in a small knowledge base
 * a word found in its only article still counts as telling.
 */
const imaginedTopics = 10;

const matchIn = (term: HeardTerm, field: Field): number => {
  if (term.stem !== undefined && field.stems.has(term.stem)) return 1;
  for (const group of term.groups) if (field.groups.has(group)) return term.stem === undefined ? 1 : synonymWorth;
  return 0;
};

/** 0 to 1: how telling a term is, by the number of topics that speak of it. */
function informationOf(term: HeardTerm, topics: readonly Topic[]): number {
  let found = 0;
  for (const { titleField, body } of topics) found += Math.max(matchIn(term, titleField), matchIn(term, body) * 0.8);
  const all = topics.length + imaginedTopics;
  const idf = (frequency: number) => Math.log(1 + (all - frequency + 0.5) / (frequency + 0.5));
  if (found > 0) return Math.min(1, idf(found) / idf(1));
  // A subject of the thesaurus that no article has is a clear question about something unknown.
  if (term.groups.size > 0) return 1;
  return (term.words[0]?.length ?? 0) <= shortWordLetters ? shortUnknownWeight : unknownWeight;
}

function worth(term: HeardTerm, { own, topic }: Passage): number {
  const title = matchIn(term, topic.titleField);
  const text = matchIn(term, own);
  if (title > 0 && text > 0) return inBoth * Math.max(title, text);
  if (title > 0) return (matchIn(term, topic.body) > 0 ? inTitleAndBeside : inTitle) * title;
  if (text > 0) return inText * text;
  return beside * matchIn(term, topic.body);
}

/** Best first; equal scores stay in the order of `candidates`. */
export function rankPassages(
  terms: readonly HeardTerm[],
  wants: WantedFact | undefined,
  candidates: readonly Passage[],
  corpus: Corpus,
): RankedPassage[] {
  const weighted = terms.map((term) => ({ term, weight: term.weight * informationOf(term, corpus.topics) }));
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return [];
  return candidates
    .map((passage) => {
      const evidence = weighted.reduce((sum, { term, weight }) => sum + weight * term.trust * worth(term, passage), 0);
      const bonus = evidence > 0 && wants !== undefined && holdsFact(passage.text, wants) ? factBonus : 0;
      return { passage, score: evidence / total + bonus, evidence };
    })
    .sort((a, b) => b.score - a.score);
}
