import type { ConversationEventBody } from './events.ts';
import type { Speech } from './speech.ts';

/** A pause inside a sentence is never that long; a caller who hears nothing for longer speaks up, or hangs up. */
const STALLED_AFTER_MS = 700;

/** Tells of an agent that is speaking by its own account while nobody hears anything. */
export class SpeechWatchdog {
  readonly #emit: (body: ConversationEventBody) => void;
  #silentSinceMs: number | null = null;
  #told = false;

  constructor(emit: (body: ConversationEventBody) => void) {
    this.#emit = emit;
  }

  /** After every frame. @param due the agent has the floor and is not held back. @param sent the frame held its speech. */
  frame(speech: Speech, due: boolean, sent: boolean, nowMs: number): void {
    if (!due || sent || speech.finished) {
      this.#silentSinceMs = null;
      this.#told = false;
      return;
    }
    this.#silentSinceMs ??= nowMs;
    if (this.#told || nowMs - this.#silentSinceMs < STALLED_AFTER_MS) return;
    this.#told = true;
    const waitingFor = speech.synthesising ? 'synthesiser' : speech.textComplete ? null : 'model';
    this.#emit({ kind: 'speech_stalled', waitingFor });
  }
}
