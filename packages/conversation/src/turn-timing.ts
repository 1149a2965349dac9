import type { TurnTiming } from './events.ts';
import type { Speech } from './speech.ts';

/** Splits an answer's ear-to-ear time; null for a speech that answers nobody or was not heard. The pieces sum to the whole. */
export function turnTiming(speech: Speech): TurnTiming | null {
  const { answers, firstFrameMs } = speech;
  if (answers === null || firstFrameMs === null) return null;
  // What a guess prepared before the turn was over took no time of the caller's.
  const speechEnd = answers.speechEndMs;
  const decided = Math.max(speechEnd, answers.decidedMs);
  const words = Math.max(decided, answers.wordsMs);
  const text = Math.max(words, speech.firstTextMs ?? words);
  const sound = Math.max(text, speech.firstSoundMs ?? text);
  const frame = Math.max(sound, firstFrameMs);
  return {
    endpointingMs: decided - speechEnd,
    recogniserMs: words - decided,
    modelMs: text - words,
    synthesisMs: sound - text,
    pacingMs: frame - sound,
    earToEarMs: frame - speechEnd,
  };
}
