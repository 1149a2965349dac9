import type { DialogueHistory } from './dialogue-history.ts';
import type { ConversationEventBody } from './events.ts';
import { Player } from './player.ts';
import type { Speech } from './speech.ts';
import type { SpeechMaker } from './speech-maker.ts';
import { turnTiming } from './turn-timing.ts';

export interface VoiceOptions {
  readonly maker: SpeechMaker;
  readonly history: DialogueHistory;
  nowMs(): number;
  emit(body: ConversationEventBody): void;
}

/** The speech that is being said: its frames, and the record of what was heard of it. */
export class Voice {
  readonly #options: VoiceOptions;
  readonly #player = new Player();
  #audible = false;

  constructor(options: VoiceOptions) {
    this.#options = options;
  }

  get speech(): Speech | null {
    return this.#player.speech;
  }

  /** The last frame held sound that can be heard, and not just the fade before a pause. */
  get audible(): boolean {
    return this.#audible;
  }

  /** The caller interrupts: what is to be said waits. */
  get held(): boolean {
    return this.#player.held;
  }

  say(speech: Speech): void {
    this.#player.play(speech);
  }

  stop(): void {
    this.#player.stop();
  }

  duck(): void {
    this.#player.duck();
  }

  hold(): void {
    this.#player.hold();
  }

  /** Full voice; after a hold from the beginning of the word that was cut. */
  free(): void {
    this.#player.free();
  }

  /** Fills the next frame to send; true when it holds agent speech. */
  fill(frame: Int16Array): boolean {
    const spoken = this.#player.fill(frame);
    this.#audible = this.#player.audible && !this.#player.held;
    const { speech } = this.#player;
    if (speech === null) return spoken;
    this.#options.maker.pump(speech);
    if (this.#audible) {
      speech.fromMs ??= this.#options.nowMs();
      speech.firstFrameMs ??= speech.fromMs;
    }
    return spoken;
  }

  /** Writes the words heard since the last record into the history and the call record; none, if none were heard. */
  record(speech: Speech, interrupted: boolean): void {
    const { history, nowMs, emit } = this.#options;
    const text = speech.takeHeard();
    const toMs = nowMs();
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
}
