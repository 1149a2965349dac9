import type { SpeechSnapshot } from './conversation-snapshot.ts';
import { Speech } from './speech.ts';

/** @param givenUp the caller has taken the floor with words: only what was heard is kept. */
export function snapshotSpeech(speech: Speech, givenUp: boolean): SpeechSnapshot {
  return {
    purpose: speech.purpose,
    heard: speech.heardUntold(),
    unheard: givenUp ? '' : speech.unheard(),
    told: speech.told,
    fromMs: speech.fromMs,
    answersSpeechEndMs: speech.answers?.speechEndMs ?? null,
  };
}

/** The speech without its text; `unheard` is to be added. */
export function restoreSpeech(snapshot: SpeechSnapshot, nowMs: number): Speech {
  const { purpose, heard, told, fromMs, answersSpeechEndMs } = snapshot;
  const answers =
    answersSpeechEndMs === null
      ? null
      : { text: '', speechEndMs: answersSpeechEndMs, decidedMs: nowMs, wordsMs: nowMs };
  const speech = new Speech(purpose, answers, nowMs);
  speech.heardBefore = heard;
  speech.fromMs = fromMs;
  speech.told = told;
  // How the parts of its delay were spent died with the other process.
  speech.timed = false;
  return speech;
}
