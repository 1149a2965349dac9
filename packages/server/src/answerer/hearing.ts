/** What the caller may have said: each term of a question as it was written down, and as known words that sound like it. */
import { isCommonWord } from './common-words.ts';
import type { Corpus, KnownWord } from './corpus.ts';
import type { Question, Term } from './question.ts';
import { type Sounds, soundSimilarity, soundsOf } from './sounds.ts';
import { groupsOfStem } from './thesaurus.ts';
import { isFunctionWord } from './words.ts';

/** One way to understand a term. */
export interface Reading {
  readonly stem: string | undefined;
  readonly groups: ReadonlySet<string>;
  /** 1: as written and heard well; less for a doubtful word, or one that only sounds like it. */
  readonly trust: number;
  /** As written, and heard well enough to rely on. */
  readonly sure: boolean;
}

export interface HeardTerm {
  readonly words: readonly string[];
  readonly weight: number;
  /** How sure it is that this was said, 0 to 1. */
  readonly confidence: number;
  /** The most trusted first. */
  readonly readings: readonly Reading[];
}

/** Below this two words are different words; "cake" and "take" are at 0.8. */
const similarEnough = 0.78;
/** Short words have many neighbours ("nut", "not", "net"), so they must fit almost wholly. */
const shortSounds = 3;
const similarEnoughShort = 0.85;
/** Two words for one ("the livery" for "delivery") is the rarer mistake and must fit better. */
const similarEnoughJoined = 0.84;
const joinedSounds = 6;
/** More readings of one word than this are noise. */
const maxReadings = 4;
/** A word the agent knows was more likely said than another that sounds like it. */
const trustBesideKnown = 0.5;

/** 0.78 is worth half of the word itself, full likeness (another spelling) nearly all of it. */
const trustOf = (similarity: number): number => 0.9 - (1 - similarity) * 2;

/** The embedded recogniser is right about nearly all words it gives 0.5 or more, and wrong about most below 0.2. */
const sureFrom = 0.25;
const trustOfHeard = (confidence: number): number => Math.min(1, 0.3 + confidence * 1.4);

const isKnown = (corpus: Corpus, { stem, groups }: Pick<Reading, 'stem' | 'groups'>): boolean =>
  corpus.topics.some(
    ({ titleField, body }) =>
      (stem !== undefined && (titleField.stems.has(stem) || body.stems.has(stem) || body.parts.has(stem))) ||
      [...groups].some((group) => titleField.groups.has(group) || body.groups.has(group)),
  );

/** Known words that sound like `sounds`, best first, one for each stem. */
function similarWords(sounds: Sounds, words: readonly KnownWord[], threshold: number): Reading[] {
  const best = new Map<string, number>();
  for (const known of words) {
    if (known.sounds.length < shortSounds) continue;
    const similarity = soundSimilarity(sounds, known.sounds, threshold);
    if (similarity >= Math.max(threshold, best.get(known.stem) ?? 0)) best.set(known.stem, similarity);
  }
  return [...best]
    .sort(([, a], [, b]) => b - a)
    .slice(0, maxReadings)
    .map(([stem, similarity]) => ({ stem, groups: groupsOfStem(stem), trust: trustOf(similarity), sure: false }));
}

function readingsOf(term: Term, corpus: Corpus): Reading[] {
  const [word = ''] = term.words;
  const trust = trustOfHeard(term.confidence);
  const asWritten: Reading = { stem: term.stem, groups: term.groups, trust, sure: term.confidence >= sureFrom };
  // Phrases and numbers are not taken for others.
  if (term.stem === undefined || /\d/.test(word)) return [asWritten];
  const sounds = soundsOf(word);
  const threshold = sounds.length <= shortSounds ? similarEnoughShort : similarEnough;
  const similar = similarWords(sounds, corpus.knownWords, threshold).filter(({ stem }) => stem !== term.stem);
  if (!isKnown(corpus, term) && term.groups.size === 0) return [asWritten, ...similar];
  return [asWritten, ...similar.map((reading) => ({ ...reading, trust: reading.trust * trustBesideKnown }))];
}

export function heardTerms(question: Question, corpus: Corpus): HeardTerm[] {
  const joined = joinedWords(question, corpus);
  const heard: HeardTerm[] = [];
  for (const term of question.terms) {
    if (term.words.some((word) => joined.covered.has(word) || (term.words.length === 1 && corpus.ownName.has(word))))
      continue;
    heard.push({
      words: term.words,
      weight: term.weight,
      confidence: term.confidence,
      readings: readingsOf(term, corpus),
    });
  }
  return [...heard, ...joined.terms];
}

/** Pairs of neighbouring words that together sound like one word the agent knows. */
function joinedWords({ words, terms }: Question, corpus: Corpus): { terms: HeardTerm[]; covered: Set<string> } {
  const found: HeardTerm[] = [];
  const covered = new Set<string>();
  const fitting = new Set(terms.filter((term) => isKnown(corpus, term)).flatMap((term) => term.words));
  for (let at = 0; at + 1 < words.length; at++) {
    const pair = words.slice(at, at + 2);
    if (pair.every((word) => isFunctionWord(word) || isCommonWord(word))) continue;
    if (pair.some((word) => fitting.has(word) || covered.has(word) || /\d/.test(word))) continue;
    const sounds = soundsOf(pair.join(''));
    if (sounds.length < joinedSounds) continue;
    const readings = similarWords(sounds, corpus.knownWords, similarEnoughJoined);
    if (readings.length === 0) continue;
    found.push({ words: pair, weight: 1, confidence: 1, readings });
    for (const word of pair) covered.add(word);
  }
  return { terms: found, covered };
}
