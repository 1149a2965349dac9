/** How well each passage answers a question: the share of the question's information that the passage covers. */
import type { Corpus, Field, Passage, Topic } from './corpus.ts';
import type { HeardTerm } from './hearing.ts';
import { matchIn, worthOf } from './match.ts';
import { holdsFact, type Question } from './question.ts';
import { type WeighedTerm, weigh } from './weigh.ts';

/** What of a question a passage has. */
interface Evidence {
  /** Information matched, whatever else the caller said; a rare word found in title or text is about 1. */
  readonly evidence: number;
  /** The part of it from words as written and heard well, not from words that only sound alike. */
  readonly sureEvidence: number;
  /** How many of the question's terms the passage has. */
  readonly matches: number;
  /** How many of these name a subject, rather than ask about one ("price", "when"). */
  readonly subjects: number;
  /** Information found in the title by words as written and heard well. */
  readonly titleEvidence: number;
  /** How many terms were heard well and are neither in the passage nor, as written, in what the agent knows. */
  readonly strangers: number;
  /** How many of these are subjects of telephone enquiries. */
  readonly foreign: number;
}

export interface RankedPassage extends Evidence {
  readonly passage: Passage;
  /** 0 to about 1.1, or 1.6 in focus: 1 is a passage that has every word of the question. */
  readonly score: number;
  /** How well it answers among the passages of its article: words that few of its neighbours have. 0 to about 1. */
  readonly detail: number;
  /** It has the kind of fact that was asked for. */
  readonly holdsFact: boolean;
  /** Its subject is the one just talked about. */
  readonly inFocus: boolean;
}

/** A passage with the kind of fact that was asked for (a time for "when") answers better than its neighbours. */
const factBonus = 0.1;
/** Of subjects that fit at all, the one just talked about is meant: even a title with the word ranks less than half above. */
const focusBonus = 0.5;
/** A small word that was heard badly may have been a word with a subject. */
const doubtWeight = 0.15;
/** Sum of what the small words lack in confidence that leaves a sentence whole. */
const littleDoubt = 0.6;
/** Mean confidence of a sentence that was heard well. */
const clearFrom = 0.65;
/** A term counts as matched from here on. */
const matchedAbove = 0.3;
/** More than a match in text alone gives. */
const plainSubjectFrom = 0.63;

function evidenceOf(terms: readonly WeighedTerm[], passage: Passage): Evidence {
  const found = { evidence: 0, sureEvidence: 0, matches: 0, subjects: 0, titleEvidence: 0, strangers: 0, foreign: 0 };
  for (const { readings, asksOnly, plain, stranger, foreign } of terms) {
    let best = 0;
    for (const { reading, information } of readings) {
      const value = information * reading.trust * worthOf(reading, passage);
      if (reading.sure) {
        found.sureEvidence += value;
        if (!asksOnly) found.titleEvidence += information * reading.trust * matchIn(reading, passage.topic.titleField);
      }
      best = Math.max(best, value);
    }
    found.evidence += best;
    if (best >= matchedAbove) {
      found.matches++;
      if (!asksOnly && !(plain && best < plainSubjectFrom)) found.subjects++;
    } else if (stranger) {
      found.strangers++;
      if (foreign) found.foreign++;
    }
  }
  return found;
}

/** What tells a passage from its neighbours; the title and what all of them have does not. */
function detailOf(terms: readonly WeighedTerm[], { own, topic: { passages } }: Passage): number {
  const rareness = (has: (field: Field) => boolean) =>
    has(own) ? 1 - passages.filter((other) => has(other.own)).length / passages.length : 0;
  let detail = 0;
  for (const { readings } of terms) {
    let best = 0;
    for (const { reading, information } of readings) {
      const { stem, groups, trust } = reading;
      let rarest = stem === undefined ? 0 : rareness((field) => field.stems.has(stem) || field.parts.has(stem));
      for (const group of groups)
        rarest = Math.max(
          rarest,
          rareness((field) => field.groups.has(group)),
        );
      best = Math.max(best, rarest * trust * information);
    }
    detail += best;
  }
  return detail;
}

/**
 * Best first; equal scores stay in the order of `candidates`.
 * @param focus the subject just talked about, when the question points back at it ("how much is that?").
 */
export function rankPassages(
  terms: readonly HeardTerm[],
  { wants, doubt, clarity }: Pick<Question, 'wants' | 'doubt' | 'clarity'>,
  candidates: readonly Passage[],
  corpus: Corpus,
  focus?: Topic,
): RankedPassage[] {
  // "Where is it, please?" asks for the address; "where" among words that fit nothing does not.
  const alone = terms.length === 1 && doubt < littleDoubt;
  const weighed = terms.map((term) => weigh(term, corpus.topics, alone));
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0) + doubt * doubtWeight;
  if (total === 0) return [];
  return candidates
    .map((passage) => {
      const found = evidenceOf(weighed, passage);
      const holds = wants !== undefined && holdsFact(passage.text, wants);
      const fact = found.evidence > 0 && holds ? factBonus : 0;
      const inFocus = found.evidence > 0 && passage.topic === focus;
      const known = inFocus ? focusBonus : 0;
      return {
        ...found,
        passage,
        detail: detailOf(weighed, passage),
        holdsFact: holds,
        inFocus,
        score: found.evidence / total + fact + known,
        // The subject itself is known, so that it takes less to prove it.
        evidence: found.evidence + known,
        sureEvidence: found.sureEvidence + known,
        // In a sentence heard badly an unknown word is a recogniser's mistake more often than another subject.
        strangers: clarity >= clearFrom ? found.strangers : 0,
      };
    })
    .sort((a, b) => b.score - a.score);
}
