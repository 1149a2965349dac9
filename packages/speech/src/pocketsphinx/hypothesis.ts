/** From the library's segments to words and how far they can be trusted. */
import type { RecognisedWord } from '../recogniser.ts';
import { FRAMES_PER_SECOND } from './front-end.ts';
import type { NativeSegment } from './library.ts';

const FRAME_MS = 1000 / FRAMES_PER_SECOND;

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
  const words = spoken.map((segment) => ({
    text: withoutVariant(segment.word),
    fromMs: segment.firstFrame * FRAME_MS,
    toMs: (segment.lastFrame + 1) * FRAME_MS,
    confidence: segment.posterior,
  }));
  const durationMs = words.reduce((sum, word) => sum + word.toMs - word.fromMs, 0);
  const trust = words.reduce((sum, word) => sum + word.confidence * (word.toMs - word.fromMs), 0);
  return {
    text: words.map((word) => word.text).join(' '),
    confidence: durationMs === 0 ? 0 : trust / durationMs,
    words,
  };
}
