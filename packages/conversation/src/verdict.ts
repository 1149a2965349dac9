import type { CallerWords } from './model.ts';
import { isBackChannel, wordsOf } from './spoken-words.ts';

/** A caller's turn with its final words. Times on the call's clock. */
export interface HeardTurn extends CallerWords {
  /** 0 to 1. */
  readonly confidence: number;
  readonly fromMs: number;
  readonly speechEndMs: number;
  readonly decidedMs: number;
  readonly wordsMs: number;
  /** Time with speech in it. */
  readonly spokenMs: number;
  /** Longest stretch without a pause. */
  readonly unbrokenMs: number;
  /** How far the voice stands out of the noise. */
  readonly aboveNoiseDb: number;
  /** Began while sound was going on, not after silence: the rest of a monologue, or background. */
  readonly continuing: boolean;
}

export interface Circumstances {
  readonly acceptAbove: number;
  /** The agent has something to say that is not heard to its end. */
  readonly overAgent: boolean;
  /** The agent asked for something that can be very short. */
  readonly shortAnswerExpected: boolean;
}

export type Verdict =
  | { readonly accepted: true }
  | {
      readonly accepted: false;
      readonly reason: 'no_words' | 'low_confidence' | 'back_channel' | 'too_short';
      /** Somebody spoke to the agent, it just could not be understood. */
      readonly unclear: boolean;
    };

/** A click or a cough can look like speech for this long; the shortest "no" is about a quarter of a second. */
const SHORTEST_SPEECH_MS = 250;
/** Between these lengths low confidence means a person who was not understood; outside it is noise or babble. */
const SHORTEST_UNCLEAR_MS = 400;
const LONGEST_UNCLEAR_MS = 12_000;
/** Twenty words in one breath: people who want something pause before, several voices in the background do not. */
const LONGEST_BREATH_MS = 7000;
/** What is longer has to be heard this much better: the loudest words of a roomful of voices make half a sentence. */
const LONG_BREATH_CONFIDENCE = 0.2;
/** A voice into the handset is at least this far above the room. */
const CLEAR_ABOVE_NOISE_DB = 10;

/** Whether the caller's words are answered, ignored, or asked for again. */
export function judge(turn: HeardTurn, circumstances: Circumstances): Verdict {
  const words = wordsOf(turn.text).length;
  const longBreath = turn.unbrokenMs > LONGEST_BREATH_MS;
  const trusted = turn.confidence >= circumstances.acceptAbove + (longBreath ? LONG_BREATH_CONFIDENCE : 0);
  if (words === 0) return rejected('no_words');
  if (turn.spokenMs < SHORTEST_SPEECH_MS && !(circumstances.shortAnswerExpected && trusted))
    return rejected('too_short');
  if (circumstances.overAgent && !circumstances.shortAnswerExpected && isBackChannel(turn.text)) {
    return rejected('back_channel');
  }
  if (trusted) return { accepted: true };
  return { accepted: false, reason: 'low_confidence', unclear: words >= 2 && isClearVoice(turn) };
}

/** Sound that a person most likely made to be understood. */
export function isClearVoice(turn: HeardTurn): boolean {
  return (
    !turn.continuing &&
    turn.aboveNoiseDb >= CLEAR_ABOVE_NOISE_DB &&
    turn.spokenMs >= SHORTEST_UNCLEAR_MS &&
    turn.spokenMs <= LONGEST_UNCLEAR_MS &&
    turn.unbrokenMs <= LONGEST_BREATH_MS
  );
}

function rejected(reason: 'no_words' | 'back_channel' | 'too_short'): Verdict {
  return { accepted: false, reason, unclear: false };
}
