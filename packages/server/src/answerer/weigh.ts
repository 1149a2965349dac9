/** How much each term of a question tells about the subject, and what it says when no passage has it. */
import type { Topic } from './corpus.ts';
import type { HeardTerm, Reading } from './hearing.ts';
import { inTitle, matchIn } from './match.ts';
import { tellingFrom } from './question.ts';
import { isAttribute } from './thesaurus.ts';

export interface WeighedTerm {
  /** Those that the agent's knowledge has, with how telling each is (0 to 1). */
  readonly readings: readonly { readonly reading: Reading; readonly information: number }[];
  /** What the term would be worth if it were fully matched. */
  readonly weight: number;
  /** Heard well, and as written nowhere in what the agent knows. */
  readonly stranger: boolean;
  /** A subject of the thesaurus, heard well, that nothing the agent knows speaks of. */
  readonly foreign: boolean;
  /** A question word, an attribute or a word of every conversation: it names no subject of its own. */
  readonly asksOnly: boolean;
  /** Doubtful, and no word of telephone enquiries: in a text it may be found by chance. */
  readonly plain: boolean;
}

/**
 * Weight of a word that is nowhere in what the agent knows, relative to its rarest word. It speaks against every
 * passage, but part of such words are a recogniser's mistakes, of short ones more than of long ones.
 */
const unknownWeight = 0.6;
const shortUnknownWeight = 0.45;
const shortWordLetters = 3;
/** A subject of the thesaurus that no article has: a clear question about something the agent does not know. */
const foreignSubjectWeight = 2.2;
/** A word that probably was not said hardly speaks against a passage: the part of its weight that is left. */
const doubtfulWeight = 0.4;
/** Words outside the thesaurus are less likely to be what a question is about. */
const plainWordWeight = 0.85;
/**
 * Every agent is ranked as if ten more articles existed that have none of the words, so that in a small knowledge base
 * a word found in its only article still counts as telling.
 */
const imaginedTopics = 10;
/** The embedded recogniser is right about nine of ten words from here on. */
const strangerFrom = 0.5;
/** Heard this well, a plain word was said. */
const plainSureFrom = 0.75;

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

/** @param alone the question has no other term, so that a question word is all there is to go by. */
export function weigh(term: HeardTerm, topics: readonly Topic[], alone: boolean): WeighedTerm {
  const { words, weight, confidence } = term;
  const readings = term.readings.flatMap((reading) => {
    const information = informationOf(reading, topics);
    return information === undefined ? [] : [{ reading, information: information * weight }];
  });
  const [asWritten] = term.readings;
  const [best] = readings;
  const kind = {
    asksOnly:
      (words.length === 0 && !alone) ||
      (words.length > 0 && weight < tellingFrom) ||
      (asWritten !== undefined && isAttribute(asWritten.groups)),
    plain: asWritten?.groups.size === 0 && confidence < plainSureFrom,
  };
  if (best !== undefined && best.reading === asWritten)
    return { readings, weight: best.information, stranger: false, foreign: false, ...kind };
  const likely = (best?.information ?? 0) * (best?.reading.trust ?? 0);
  return {
    readings,
    weight: Math.max(weightOfUnknown(term) * weight, likely),
    foreign: isForeign(term) && confidence >= strangerFrom,
    stranger: confidence >= strangerFrom && weight >= tellingFrom && words.join('').length > shortWordLetters,
    ...kind,
  };
}

const isForeign = ({ weight, readings: [asWritten] }: HeardTerm): boolean =>
  weight === 1 &&
  asWritten !== undefined &&
  asWritten.groups.size > 0 &&
  asWritten.sure &&
  !isAttribute(asWritten.groups);

function weightOfUnknown(term: HeardTerm): number {
  const { words, confidence } = term;
  const short = words.join('').length <= shortWordLetters;
  const weight = isForeign(term) ? foreignSubjectWeight : short ? shortUnknownWeight : unknownWeight;
  return weight * (doubtfulWeight + (1 - doubtfulWeight) * confidence);
}
