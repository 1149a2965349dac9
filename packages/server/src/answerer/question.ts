/** What a caller asks for: the words that name a subject, and the kind of fact the question word wants. */
import type { ModelTurn } from '@dialplane/conversation';
import { isCommonWord } from './common-words.ts';
import { stemOf } from './stem.ts';
import { groupsOfStem, isAttribute, phraseAt } from './thesaurus.ts';
import { isFunctionWord, wordsOf } from './words.ts';

export type WantedFact = 'time' | 'place' | 'money' | 'duration';

/** A word as heard. */
export interface SaidWord {
  /** As `wordsOf` writes it. */
  readonly word: string;
  /** 0 to 1; 1 when the words were typed, or the recogniser does not tell. */
  readonly confidence: number;
}

export function saidWords({ text, words }: Pick<ModelTurn, 'text' | 'words'>): SaidWord[] {
  if (words === undefined) return wordsOf(text).map((word) => ({ word, confidence: 1 }));
  return words.flatMap(({ text: written, confidence }) => wordsOf(written).map((word) => ({ word, confidence })));
}

export interface Term {
  /** One word, or the words of a phrase. */
  readonly words: readonly string[];
  /** Stem of a single word; undefined for phrases and question words, which match by group only. */
  readonly stem: string | undefined;
  readonly groups: ReadonlySet<string>;
  /** How much it says about the subject: 1 for a word that names it, less for a question word. */
  readonly weight: number;
  /** How sure it is that this was said, 0 to 1. */
  readonly confidence: number;
}

export interface Question {
  readonly words: readonly string[];
  readonly terms: readonly Term[];
  readonly wants: WantedFact | undefined;
  /** Words without a subject that probably were others: 0 when all were heard well. */
  readonly doubt: number;
  /** Mean confidence of all words, 0 to 1. */
  readonly clarity: number;
}

/** A question word hints at the subject ("where" at the address) but fits many: half a word. */
const questionWordWeight = 0.5;

/** A word of every conversation says little, unless it is also one of telephone enquiries. */
const commonWeight = 0.25;
const commonConceptWeight = 0.6;
/** From here on a word may name a subject. */
export const tellingFrom = 0.5;

const wanted: readonly (readonly [RegExp, WantedFact])[] = [
  [
    /\bhow (?:long|soon|fast|quick|quickly|early|far (?:in advance|ahead))\b|\bhow many (?:hours|days|weeks|months|years|minutes)\b|\bnotice\b/,
    'duration',
  ],
  [/\bhow (?:much|expensive|cheap)\b|\b(?:costs?|prices?|fees?|charges?|rates?)\b/, 'money'],
  [
    /^(?:\w+ ){0,2}when\b|\buntil when\b|\bwhen (?:do|does|will|can|could|are|is|would|should|must|did)\b|\b(?:what|which) (?:times?|days?|hours?)\b|\bhow late\b|\bwhat are (?:your|the) \w+ hours\b/,
    'time',
  ],
  [
    /\bwhere\b|\b(?:what|which) (?:is (?:your|the) )?(?:address|street|place)\b|\bhow (?:do|can|would) (?:i|we) (?:get (?:to|there|here)|find)\b/,
    'place',
  ],
];

/** Groups a question word alone points at. */
const subjectOf: Readonly<Record<WantedFact, readonly string[]>> = {
  time: ['hours'],
  place: ['address'],
  money: ['cost'],
  duration: ['notice', 'expiry'],
};

export function questionOf(said: readonly SaidWord[]): Question {
  const words = said.map(({ word }) => word);
  let doubt = 0;
  const stems = words.map(stemOf);
  const terms: Term[] = [];
  for (let at = 0; at < words.length; ) {
    const phrase = phraseAt(stems, at);
    const length = phrase?.length ?? 1;
    const taken = words.slice(at, at + length);
    const [word = ''] = taken;
    const heard = said.slice(at, at + length);
    const confidence = heard.reduce((sum, each) => sum + each.confidence, 0) / length;
    if (phrase !== undefined) {
      terms.push({ words: taken, stem: undefined, groups: phrase.groups, weight: 1, confidence });
    } else if (!isFunctionWord(word)) {
      const stem = stems[at] ?? word;
      const groups = groupsOfStem(stem);
      const weight =
        !isCommonWord(word) || isAttribute(groups) ? 1 : groups.size > 0 ? commonConceptWeight : commonWeight;
      terms.push({ words: taken, stem, groups, weight, confidence });
    } else {
      doubt += 1 - confidence;
    }
    at += length;
  }
  const asked = words.join(' ');
  const wants = wanted.find(([pattern]) => pattern.test(asked))?.[1];
  if (wants !== undefined && words.some(isQuestionWord)) {
    const groups = new Set(subjectOf[wants]);
    const named = terms.some((term) => [...groups].some((group) => term.groups.has(group)));
    if (!named) terms.push({ words: [], stem: undefined, groups, weight: questionWordWeight, confidence: 1 });
  }
  if (asksAboutDays(terms)) terms.push(hoursTerm);
  const clarity = said.reduce((sum, { confidence }) => sum + confidence, 0) / Math.max(1, said.length);
  return { words, terms: distinct(terms), wants, doubt, clarity };
}

const dayGroups = new Set(['weekday', 'weekend', 'holiday', 'daytime']);
const hoursTerm: Term = {
  words: [],
  stem: undefined,
  groups: new Set(subjectOf.time),
  weight: questionWordWeight,
  confidence: 1,
};

/** "And on Saturday?" without another subject asks whether the business is open. */
function asksAboutDays(terms: readonly Term[]): boolean {
  const isDay = ({ groups }: Term) => [...groups].some((group) => dayGroups.has(group));
  return (
    terms.some(isDay) && terms.every((term) => isDay(term) || (term.weight < tellingFrom && term.words.length > 0))
  );
}

const isQuestionWord = (word: string): boolean => ['how', 'when', 'where', 'what', 'which', 'until'].includes(word);

/** A word said twice counts once. */
function distinct(terms: readonly Term[]): Term[] {
  const seen = new Map<string, Term>();
  for (const term of terms) {
    const key = term.stem ?? [...term.groups].join(' ');
    const known = seen.get(key);
    if (known === undefined || known.weight * known.confidence < term.weight * term.confidence) seen.set(key, term);
  }
  return [...seen.values()];
}

/** What a passage must hold to give the wanted kind of fact. */
const facts: Readonly<Record<WantedFact, RegExp>> = {
  time: /\b\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm|a\.m|p\.m|o'clock)|\b(?:noon|midnight|daily|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|every day)\b/i,
  place:
    /\b(?:street|lane|road|avenue|square|boulevard|floor|next to|behind|opposite|in front of|corner|near|located|website|counter|at the|in the shop|online)\b/i,
  money:
    /[$€£]\s?\d|\b(?:\d+|one|two|three|five|ten|fifteen|twenty|thirty|fifty|hundred)\s(?:dollars?|cents?|euros?|pounds?|bucks)\b|\b(?:free|percent|half price|half the price)\b|%/i,
  duration:
    /\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|a few|half an)\s(?:working |business )?(?:minutes?|hours?|days?|weeks?|months?|years?)\b|\bdays?\b/i,
};

export const holdsFact = (passage: string, wants: WantedFact): boolean => facts[wants].test(passage);
