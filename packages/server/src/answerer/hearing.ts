/** Finds what the caller probably said where the recogniser wrote a word that fits nothing the agent knows. */
import type { Corpus, KnownWord } from './corpus.ts';
import type { Question, Term } from './question.ts';
import { soundSimilarity, soundsOf } from './sounds.ts';
import { groupsOfStem } from './thesaurus.ts';

/** A term with the word it is taken for, and how far that can be trusted (1: as said). */
export interface HeardTerm extends Term {
  readonly trust: number;
}

/** Below this two words are different words; "cake" and "take" are at 0.8. */
const similarEnough = 0.78;
/** Short words have many neighbours ("nut", "not", "net"), so they must fit almost wholly. */
const shortSounds = 3;
const similarEnoughShort = 0.88;
/** Two words for one ("the livery" for "delivery") is the rarer mistake and must fit better. */
const similarEnoughJoined = 0.84;
const joinedSounds = 6;

export function nearestWord(sounds: string, words: readonly KnownWord[], threshold: number): [KnownWord, number] | undefined {
  let best: KnownWord | undefined;
  let bestSimilarity = threshold;
  for (const known of words) {
    if (known.sounds.length < shortSounds) continue;
    const similarity = soundSimilarity(sounds, known.sounds);
    if (similarity > bestSimilarity || (similarity === bestSimilarity && best === undefined)) {
      best = known;
      bestSimilarity = similarity;
    }
  }
  return best && [best, bestSimilarity];
}

/** 0.78 is worth a third of the word itself, full likeness (another spelling) nearly all of it. */
const trustOf = (similarity: number): number => 0.9 - (1 - similarity) * 2.6;

const isKnown = (corpus: Corpus, { stem, groups }: Term): boolean =>
  corpus.topics.some(
    ({ titleField, body }) =>
      (stem !== undefined && (titleField.stems.has(stem) || body.stems.has(stem))) ||
      [...groups].some((group) => titleField.groups.has(group) || body.groups.has(group)),
  );

const taken = (known: KnownWord, similarity: number, words: readonly string[]): HeardTerm => ({
  words,
  stem: known.stem,
  groups: groupsOfStem(known.stem),
  weight: 1,
  trust: trustOf(similarity),
});

/** The question's terms, each as said when the agent knows it, else as the known word that sounds most like it. */
export function heardTerms(question: Question, corpus: Corpus): HeardTerm[] {
  const joined = joinedWords(question, corpus);
  const heard: HeardTerm[] = [];
  for (const term of question.terms) {
    if (term.words.some((word) => joined.covered.has(word))) continue;
    const [word = ''] = term.words;
    // A word of the thesaurus is a word in its own right: the subject may simply be one this agent knows nothing of.
    if (term.stem === undefined || term.groups.size > 0 || isKnown(corpus, term)) {
      heard.push({ ...term, trust: 1 });
      continue;
    }
    const sounds = soundsOf(word);
    const short = sounds.length <= shortSounds;
    const nearest = /\d/.test(word)
      ? undefined
      : nearestWord(sounds, corpus.knownWords, short ? similarEnoughShort : similarEnough);
    heard.push(nearest === undefined ? { ...term, trust: 1 } : taken(...nearest, term.words));
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
    if (pair.some((word) => fitting.has(word) || covered.has(word) || /\d/.test(word))) continue;
    const sounds = soundsOf(pair.join(''));
    if (sounds.length < joinedSounds) continue;
    const nearest = nearestWord(sounds, corpus.knownWords, similarEnoughJoined);
    if (nearest === undefined) continue;
    found.push(taken(...nearest, pair));
    for (const word of pair) covered.add(word);
  }
  return { terms: found, covered };
}
