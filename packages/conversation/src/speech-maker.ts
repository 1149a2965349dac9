import type { Synthesiser } from '@dialplane/speech';
import type { Speech } from './speech.ts';

/** The playing clause and two more: a slow engine is bridged, and little is wasted when the caller interrupts. */
const CLAUSES_AHEAD = 3;

export interface SpeechMakerOptions {
  readonly synthesiser: Synthesiser;
  readonly voice: string;
  nowMs(): number;
  failed(speech: Speech, error: unknown): void;
}

/** Turns the waiting texts of a speech into sound, one clause at a time and never far ahead of the player. */
export class SpeechMaker {
  readonly #options: SpeechMakerOptions;

  constructor(options: SpeechMakerOptions) {
    this.#options = options;
  }

  add(speech: Speech, clauses: readonly string[]): void {
    for (const clause of clauses) {
      const text = clause.trim();
      if (text !== '') speech.waiting.push(text);
    }
    this.pump(speech);
  }

  /** Starts the next clause when there is room; to be called when one was played. */
  pump(speech: Speech, clausesAhead = CLAUSES_AHEAD): void {
    if (speech.synthesising || speech.signal.aborted || speech.clausesAhead >= clausesAhead) return;
    const text = speech.waiting.shift();
    if (text !== undefined) void this.#synthesise(speech, text);
  }

  async #synthesise(speech: Speech, text: string): Promise<void> {
    const { synthesiser, voice, nowMs } = this.#options;
    speech.synthesising = true;
    const clause = speech.openClause(text);
    speech.progressMs = nowMs();
    try {
      for await (const chunk of synthesiser.synthesise({ text, voice, sampleRate: 8000 }, speech.signal)) {
        if (speech.signal.aborted) return;
        clause.append(chunk);
        speech.progressMs = nowMs();
        speech.firstSoundMs ??= speech.progressMs;
      }
    } catch (error) {
      if (!speech.signal.aborted) this.#options.failed(speech, error);
      return;
    } finally {
      clause.complete = true;
      speech.synthesising = false;
    }
    this.pump(speech);
  }
}
