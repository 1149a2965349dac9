/** How well each passage answers a question: the share of the question's information that the passage covers. */
import type { Corpus, Field, Passage, Topic } from './corpus.ts';
import type { HeardTerm, Reading } from './hearing.ts';
import { holdsFact, type Question } from './question.ts';
import { isAttribute } from './thesaurus.ts';

export interface RankedPassage {
  readonly passage: Passage;
  /** 0 to about 1.1: 1 is a passage that has every word of the question. */
  readonly score: number;
  /** Information matched, whatever else the caller said; a rare word found in title or text is about 1. */
  readonly evidence: number;
  /** The part of the evidence from words as written, not from words that only sound alike. */
  readonly sureEvidence: number;
  /** Its subject is the one just talked about. */
  readonly inFocus: boolean;
  /** How many of the question's terms the passage has. */
  readonly matches: number;
  /** How many of these name a subject, rather than ask about one ("price", "when"). */
  readonly subjects: number;
  /** How many of the question's terms were heard well and are nowhere in what the agent knows. */
  readonly strangers: number;
}

/** Another word for the same thing proves a little less than the word itself. */
const synonymWorth = 0.85;
/** A word that the text has only inside a phrase ("card" in "gift card"). */
const partWorth = 0.55;
/** What a match is worth by where it is found. A title names the subject; text only speaks of it. */
const inTitle = 0.8;
const inText = 0.7;
/** In another passage of the same article. */
const beside = 0.35;
/** Part of the lesser worth that is added when a word is found in both title and text. */
const both = 0.35;
/** A passage with the kind of fact that was asked for (a time for "when") answers better than its neighbours. */
const factBonus = 0.1;
/** Of subjects that fit at all, the one just talked about is meant: even a title with the word ranks less than half above. */
const focusBonus = 0.5;
/**
 * Weight of a word that is nowhere in what the agent knows, relative to its rarest word. It speaks against every
 * passage, but part of such words are a recogniser's mistakes.
 */
const unknownWeight = 0.6;
const shortUnknownWeight = 0.45;
const shortWordLetters = 3;
/** A subject of the thesaurus that no article has: a clear question about something the agent does not know. */
const foreignSubjectWeight = 2.2;
/** Words outside the thesaurus are less likely to be what a question is about. */
const plainWordWeight = 0.85;
/**
 * Every agent is ranked as if ten more articles existed that have none of the words, so that in a small knowledge base
 * a word found in its only article still counts as telling.
 */
const imaginedTopics = 10;
/** A word that probably was not said hardly speaks against a passage: the part of its weight that is left. */
const doubtfulWeight = 0.4;
/** A small word that was heard badly may have been a word with a subject. */
const doubtWeight = 0.15;
/** Recognisers are right about nearly all words from here on. */
const strangerFrom = 0.5;
/** Mean confidence of a sentence that was heard well. */
const clearFrom = 0.65;
/** Sum of what the small words lack in confidence. */
const littleDoubt = 0.6;
/** Heard this well, a plain word was said. */
const plainSureFrom = 0.75;
/** More than text alone gives. */
const plainSubjectFrom = 0.63;
/** A term counts as matched from here on. */
const matchedAbove = 0.3;

const matchIn = ({ stem, groups }: Reading, field: Field): number => {
  if (stem !== undefined && field.stems.has(stem)) return 1;
  for (const group of groups) if (field.groups.has(group)) return stem === undefined ? 1 : synonymWorth;
  return stem !== undefined && field.parts.has(stem) ? partWorth : 0;
};

/** 0 to 1: how telling a reading is, by the number of topics that speak of it; undefined when none does. */
function informationOf(reading: Reading, topics: readonly Topic[]): number | undefined {
  let found = 0;
  for (const { titleField, body } of topics)
    found += Math.max(matchIn(reading, titleField), matchIn(reading, body) * inTitle);
  if (found === 0) return undefined;
  const all = topics.length + imaginedTopics;
  const idf = (frequency: number) => Math.log(1 + (all - frequency + 0.5) / (frequency + 0.5));
  return Math.min(1, idf(found) / idf(1)) * (reading.groups.size > 0 ? 1 : plainWordWeight);
}

function worthOf(reading: Reading, { own, topic }: Passage): number {
  const title = inTitle * matchIn(reading, topic.titleField);
  const text = Math.max(inText * matchIn(reading, own), beside * matchIn(reading, topic.body));
  return Math.max(title, text) + both * Math.min(title, text);
}

interface WeighedTerm {
  readonly readings: readonly { readonly reading: Reading; readonly information: number }[];
  /** What the term would be worth if it were fully matched. */
  readonly weight: number;
  /** Heard well, and as written nowhere in what the agent knows. */
  readonly stranger: boolean;
  /** A question word or an attribute: it names no subject of its own. */
  readonly asksOnly: boolean;
  /** Not a word of telephone enquiries: found in a text only, it may be there by chance. */
  readonly plain: boolean;
}

function weigh(
  { words, weight, confidence, readings }: HeardTerm,
  topics: readonly Topic[],
  alone: boolean,
): WeighedTerm {
  const known = readings.flatMap((reading) => {
    const information = informationOf(reading, topics);
    return information === undefined ? [] : [{ reading, information: information * weight }];
  });
  const [first] = readings;
  const [best] = known;
  const plain = first?.groups.size === 0 && confidence < plainSureFrom;
  const asksOnly = (words.length === 0 && !alone) || (first !== undefined && isAttribute(first.groups));
  if (best !== undefined && best.reading === first)
    return { readings: known, weight: best.information, stranger: false, asksOnly, plain };
  const foreign = (first?.groups.size ?? 0) > 0 && first?.sure === true;
  const short = words.join('').length <= shortWordLetters;
  const written = foreign ? foreignSubjectWeight : short ? shortUnknownWeight : unknownWeight;
  const unknown = written * (doubtfulWeight + (1 - doubtfulWeight) * confidence);
  return {
    readings: known,
    weight: Math.max(unknown, (best?.information ?? 0) * (best?.reading.trust ?? 0)),
    stranger: confidence >= strangerFrom,
    asksOnly,
    plain,
  };
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
  // In a sentence heard badly an unknown word is a mistake of the recogniser more often than another subject.
  const clear = clarity >= clearFrom;
  return candidates
    .map((passage) => {
      let evidence = 0;
      let sureEvidence = 0;
      let matches = 0;
      let subjects = 0;
      let strangers = 0;
      for (const { readings, asksOnly, plain, stranger } of weighed) {
        let best = 0;
        for (const { reading, information } of readings) {
          const value = information * reading.trust * worthOf(reading, passage);
          if (reading.sure) sureEvidence += value;
          best = Math.max(best, value);
        }
        evidence += best;
        if (best < matchedAbove) {
          if (stranger && clear) strangers++;
          continue;
        }
        matches++;
        if (!asksOnly && !(plain && best < plainSubjectFrom)) subjects++;
      }
      const fact = evidence > 0 && wants !== undefined && holdsFact(passage.text, wants) ? factBonus : 0;
      const inFocus = evidence > 0 && passage.topic === focus;
      const known = inFocus ? focusBonus : 0;
      const score = evidence / total + fact + known;
      // The subject itself is known, so that it takes less to prove it.
      return {
        passage,
        score,
        evidence: evidence + known,
        sureEvidence: sureEvidence + known,
        inFocus,
        matches,
        subjects,
        strangers,
      };
    })
    .sort((a, b) => b.score - a.score);
}
