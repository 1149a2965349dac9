import type { Expectation } from '@dialplane/speech';

/** Longer than the closures inside words and most gaps between them: a pause, and worth a guess. */
export const PAUSE_MS = 200;
/** Final words are asked for this long before the turn probably ends, so that they cost the caller no time. */
const EARLY_END_MS = 150;
/** After a yes/no question hardly anybody pauses in the middle of the answer. */
const YES_NO_SILENCE_MS = 300;
/** People breathe and read while they dictate numbers. */
const DIGITS_SILENCE_MS = 1000;

/** The silence that ends a turn. */
export function turnSilenceMs(expect: Expectation, usualMs: number): number {
  if (expect === 'yes_no') return Math.min(YES_NO_SILENCE_MS, usualMs);
  return expect === 'digits' ? Math.max(DIGITS_SILENCE_MS, usualMs) : usualMs;
}

/** The silence at which the recogniser is asked for its final words. */
export function earlyEndMs(expect: Expectation, usualMs: number): number {
  return Math.max(PAUSE_MS, turnSilenceMs(expect, usualMs) - EARLY_END_MS);
}

/** The rule's name in the call record. */
export function silenceRule(expect: Expectation): string {
  return expect === 'open' ? 'silence' : `silence_${expect}`;
}
