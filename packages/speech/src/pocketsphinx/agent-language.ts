/** The language model of one agent's callers: its knowledge, filled into what people ask on the phone. */
import type { Vocabulary } from '../recogniser.ts';
import { speakableWords } from '../text/speakable.ts';
import { type LanguageModel, smoothWittenBell } from './arpa.ts';
import { createNgramCounts, SENTENCE_END, SENTENCE_START } from './ngram-counts.ts';
import { commonUtterances, functionWords, numberWords } from './phone-language.ts';
import { requestFrames } from './request-frames.ts';

/**
 * Shares found on the development set (tools/evaluate.ts). Frames weigh most because callers ask in them, whatever the
 * knowledge is written like.
 */
export const defaultShares = {
  /** Total weight of all request frames with phrases filled in, in sentences, per phrase of the knowledge. */
  frameWeight: 3,
  /** A common utterance counts like this many sentences. */
  utteranceWeight: 3,
  /** Part of the single-word probability spread over everyday English. */
  everydayShare: 0.25,
  /** Part of a knowledge word's count that its other forms get ("rented" makes "rent" and "rental" likely). */
  familyShare: 0.3,
};

/** Beyond this many the frames stay general: the model must be built within a second. */
const MOST_PHRASES = 1500;
const LONGEST_PHRASE_WORDS = 3;

export interface EverydayWord {
  readonly word: string;
  readonly probability: number;
}

export interface AgentLanguage {
  readonly model: LanguageModel;
  readonly words: readonly string[];
}

/**
 * `everyday`: common English words with their probability; `inDictionary` says whether a form of a word exists.
 */
export function buildAgentLanguage(
  vocabulary: Vocabulary,
  everyday: readonly EverydayWord[],
  inDictionary: (word: string) => boolean,
  shares: typeof defaultShares = defaultShares,
): AgentLanguage {
  const counts = createNgramCounts();
  const sentences = vocabulary.sentences.flatMap(clauseWords);
  for (const sentence of sentences) counts.addSentence(sentence, 1);
  const phrases = phrasesOf(sentences);
  addFrames(counts, phrases, shares.frameWeight);
  for (const utterance of commonUtterances) counts.addSentence(utterance.split(' '), shares.utteranceWeight);
  addNumbers(counts);

  const single = new Map(counts.byLength[0]?.get(''));
  for (const [word, count] of single) {
    if (functionWords.has(word) || word === SENTENCE_END) continue;
    const family = formsOf(word).filter((form) => inDictionary(form));
    for (const form of family) single.set(form, (single.get(form) ?? 0) + (count * shares.familyShare) / family.length);
  }
  const unigrams = mix(single, everyday, shares.everydayShare);
  return {
    model: smoothWittenBell(counts, unigrams),
    words: [...unigrams.keys()].filter((word) => word !== SENTENCE_END),
  };
}

/** A text's clauses as words in the dictionary's spelling. */
export function clauseWords(text: string): string[][] {
  const clauses: string[][] = [[]];
  for (const { spoken, pause } of speakableWords(text)) {
    // The synthesiser's spelling of the letter A.
    clauses.at(-1)?.push(...spoken.map((word) => (word === 'ay' ? 'a' : word)));
    if (pause !== '') clauses.push([]);
  }
  return clauses.filter((words) => words.length > 0);
}

/** Runs of up to three content words, each with how often it occurs. */
function phrasesOf(sentences: readonly (readonly string[])[]): Map<string, number> {
  const phrases = new Map<string, number>();
  for (const words of sentences) {
    for (let from = 0; from < words.length; from++) {
      for (let to = from + 1; to <= Math.min(words.length, from + LONGEST_PHRASE_WORDS); to++) {
        if (functionWords.has(words[to - 1] ?? '')) break;
        const phrase = words.slice(from, to).join(' ');
        phrases.set(phrase, (phrases.get(phrase) ?? 0) + 1);
      }
    }
  }
  return new Map([...phrases].sort(([, a], [, b]) => b - a).slice(0, MOST_PHRASES));
}

/** Only the places next to a slot depend on the phrase, so each frame is counted once and each slot once per phrase. */
function addFrames(
  counts: ReturnType<typeof createNgramCounts>,
  phrases: ReadonlyMap<string, number>,
  weight: number,
): void {
  const perPhrase = weight / requestFrames.length;
  const total = [...phrases.values()].reduce((sum, count) => sum + Math.sqrt(count), 0);
  for (const frame of requestFrames) {
    const words = [SENTENCE_START, ...frame.split(' '), SENTENCE_END];
    for (const [at, word] of words.entries()) {
      if (at === 0) continue;
      const before = words.slice(Math.max(0, at - 2), at);
      const fromSlot = before.findLastIndex(isSlot);
      if (!isSlot(word)) {
        counts.addNgram(before.slice(fromSlot + 1), word, perPhrase * total);
        continue;
      }
      const after = words[at + 1] ?? SENTENCE_END;
      for (const [phrase, count] of phrases) {
        const parts = phrase.split(' ');
        const context = before.slice(fromSlot + 1);
        const share = perPhrase * Math.sqrt(count);
        for (const [index, part] of parts.entries())
          counts.addNgram([...context, ...parts.slice(0, index)].slice(-2), part, share);
        if (!isSlot(after)) counts.addNgram([...context, ...parts].slice(-2), after, share);
      }
    }
  }
}

function isSlot(word: string): boolean {
  return word.startsWith('{');
}

/** Any number word may follow any other. */
function addNumbers(counts: ReturnType<typeof createNgramCounts>): void {
  const share = 1 / numberWords.length;
  for (const first of numberWords) for (const second of numberWords) counts.addNgram([first], second, share);
}

/** Other forms of an English word; most do not exist, the caller keeps those that do. */
function formsOf(word: string): string[] {
  const stem = word.replace(/(?:ing|ed|es|s|er|al|e|y|ies|ment|ation)$/, '');
  if (stem.length < 3) return [];
  const doubled = stem + stem.charAt(stem.length - 1);
  const single = /(.)\1$/.test(stem) ? stem.slice(0, -1) : stem;
  const endings = ['', 'e', 's', 'es', 'ed', 'ing', 'er', 'ers', 'y', 'ies', 'al', 'als', 'ment', 'ation'];
  const forms = [
    ...endings.map((ending) => stem + ending),
    ...['ing', 'ed', 'er'].map((ending) => doubled + ending),
    ...['', 'e', 's'].map((ending) => single + ending),
  ];
  return [...new Set(forms)].filter((form) => form !== word);
}

function mix(
  counts: ReadonlyMap<string, number>,
  everyday: readonly EverydayWord[],
  share: number,
): Map<string, number> {
  const countTotal = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const everydayTotal = everyday.reduce((sum, { probability }) => sum + probability, 0);
  const mixed = new Map<string, number>();
  const part = everydayTotal === 0 ? 0 : share;
  for (const [word, count] of counts) mixed.set(word, ((1 - part) * count) / countTotal);
  for (const { word, probability } of everyday)
    mixed.set(word, (mixed.get(word) ?? 0) + (part * probability) / everydayTotal);
  return mixed;
}
