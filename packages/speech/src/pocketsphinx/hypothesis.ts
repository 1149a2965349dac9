/**
 * From the library's segments to words and how far they can be trusted.
 *
 * The posterior alone is fooled by noise: where every path is bad, one of them still has all the probability. So it is
 * taken down where the segments look unlike speech in a way that no good utterance of the development set does.
 */
import type { RecognisedWord } from '../recogniser.ts';
import { FRAMES_PER_SECOND } from './front-end.ts';
import type { NativeSegment } from './library.ts';

/**
 * Noise and mumbling are below. Good utterances are nearly all above 0.5 too; the model is told how sure each word is, so
 * that doubtful ones do less harm than a caller who has to repeat everything.
 */
export const ACCEPT_ABOVE = 0.35;

const FRAME_MS = 1000 / FRAMES_PER_SECOND;

/** The library shifts scores of a word graph by ten bits. */
const SCORE_UNIT = 1024;
/** Mean scores per frame on the development set: words -51 and up (babble -57), leading silence -25, closing -97. */
const wordScore = { good: -50, bad: -58 };
const leadScore = { good: -40, bad: -60 };
const closingScore = { good: -110, bad: -160 };

/** Hums and chords become words of several seconds. Slow speakers hold "no" for half a second, "operator" for a whole one. */
const LONGEST_WORD_FRAMES = 25;
const LONGEST_LETTER_FRAMES = 12;

/** Nobody says only these; steady tones are often heard as one of them. */
const neverAlone = new Set(
  `the a an of and or but to in on at by for from with as is are was were be been am i'm i've i'd i'll it it's that this
   they he she we my your his its their have has had will would can could do does did if than so not i m s`.split(
    /\s+/,
  ),
);

export interface Hypothesis {
  readonly text: string;
  readonly confidence: number;
  readonly words: readonly RecognisedWord[];
}

/** `<sil>`, `</s>`, `[NOISE]`, `++UM++` are no words. */
export function isFiller(word: string): boolean {
  return /^[<[+]/.test(word);
}

/** "the(2)" -> "the". */
export function withoutVariant(word: string): string {
  return word.replace(/\(\d+\)$/, '');
}

export function hypothesisOf(segments: readonly NativeSegment[]): Hypothesis {
  const spoken = segments.filter((segment) => !isFiller(segment.word));
  const words = spoken.map((segment) => {
    const text = withoutVariant(segment.word);
    return {
      text,
      fromMs: segment.firstFrame * FRAME_MS,
      toMs: (segment.lastFrame + 1) * FRAME_MS,
      confidence: segment.posterior * plausibleLength(text, framesOf(segment)),
    };
  });
  const durationMs = words.reduce((sum, word) => sum + word.toMs - word.fromMs, 0);
  const trust = words.reduce((sum, word) => sum + word.confidence * (word.toMs - word.fromMs), 0);
  return {
    text: words.map((word) => word.text).join(' '),
    confidence: durationMs === 0 ? 0 : (trust / durationMs) * plausibility(segments, spoken),
    words,
  };
}

function plausibility(segments: readonly NativeSegment[], spoken: readonly NativeSegment[]): number {
  const first = segments[0];
  const last = segments.at(-1);
  // Without a path to the sentence's end there is no word graph, and every posterior is 1.
  if (first === undefined || last?.word !== '</s>') return 0;
  if (spoken.every((segment) => neverAlone.has(withoutVariant(segment.word)))) return 0;
  return Math.min(
    ramp(meanScore(spoken), wordScore),
    isFiller(first.word) ? ramp(meanScore([first]), leadScore) : 1,
    ramp(meanScore([last]), closingScore),
  );
}

function plausibleLength(word: string, frames: number): number {
  const longest = LONGEST_WORD_FRAMES + LONGEST_LETTER_FRAMES * word.length;
  return frames <= longest ? 1 : (longest / frames) ** 2;
}

/** Log likelihood per frame, 0 being the best state of each frame. */
function meanScore(segments: readonly NativeSegment[]): number {
  const frames = segments.reduce((sum, segment) => sum + framesOf(segment), 0);
  return segments.reduce((sum, segment) => sum + segment.acousticScore, 0) / Math.max(1, frames) / SCORE_UNIT;
}

/** 1 from `good` upwards, 0 below `bad`. */
function ramp(score: number, { good, bad }: { readonly good: number; readonly bad: number }): number {
  return Math.max(0, Math.min(1, (score - bad) / (good - bad)));
}

function framesOf(segment: NativeSegment): number {
  return segment.lastFrame - segment.firstFrame + 1;
}
