import type { DialogueHistory } from './dialogue-history.ts';
import type { ConversationEventBody } from './events.ts';
import type { Speech } from './speech.ts';
import { turnTiming } from './turn-timing.ts';

/** Writes the words heard since the last record into the history and the call record; none, if none were heard. */
export function recordHeard(
  speech: Speech,
  interrupted: boolean,
  toMs: number,
  history: DialogueHistory,
  emit: (body: ConversationEventBody) => void,
): void {
  const text = speech.takeHeard();
  const fromMs = speech.fromMs ?? toMs;
  speech.fromMs = null;
  if (text === '') return;
  history.addAgent(text, speech.told);
  emit({
    kind: 'agent_spoke',
    text,
    fromMs,
    toMs,
    interrupted,
    purpose: speech.purpose,
    answersSpeechEndMs: speech.answers?.speechEndMs ?? null,
    timing: speech.told || !speech.timed ? null : turnTiming(speech),
  });
  speech.told = true;
}
