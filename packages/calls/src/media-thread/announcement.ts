/** A few sentences spoken to whoever answers, who is not listened to. */
import type { ConversationEnd, ConversationEventBody } from '@dialplane/conversation';
import type { Synthesiser } from '@dialplane/speech';

/** Sentences, spoken once and in order. */
export interface Announcement {
  readonly voice: string;
  readonly sentences: readonly string[];
  /** Silence after each sentence. */
  readonly pauseMs: number;
  /** What the call record says was spoken, where the words themselves must not be kept. */
  readonly recordedAs: string;
}

export interface AnnouncementOptions {
  readonly announcement: Announcement;
  readonly synthesiser: Synthesiser;
  /** The call's media clock, milliseconds. */
  nowMs(): number;
  emit(event: ConversationEventBody & { readonly atMs: number }): void;
  /** Called once, from within `speak`, when all is said; never after `stop`. */
  onEnd(end: ConversationEnd): void;
}

const samplesPerMs = 8;
/** The telephone has to come from the hook to the ear. */
const leadMs = 1000;

export class Announcer {
  readonly #options: AnnouncementOptions;
  readonly #making = new AbortController();
  /** Silences and sounds in their order; the first is being sent. */
  readonly #sounds: Int16Array[] = [new Int16Array(leadMs * samplesPerMs)];
  #isMade = false;
  #failure: string | undefined;
  #at = 0;
  #startedAtMs: number | undefined;
  #isOver = false;
  #isPaused = false;

  /** Begins to make the sound, so that it is there when somebody answers. */
  constructor(options: AnnouncementOptions) {
    this.#options = options;
    void this.#make();
  }

  start(): void {
    this.#startedAtMs = this.#options.nowMs();
  }

  /** Fills the next 160 samples. @returns true when they hold speech or a pause within it. */
  speak(frame: Int16Array): boolean {
    let filled = 0;
    if (this.#isPaused) {
      frame.fill(0);
      return false;
    }
    while (filled < frame.length) {
      const sound = this.#sounds[0];
      if (!sound) break;
      const count = Math.min(frame.length - filled, sound.length - this.#at);
      for (let i = 0; i < count; i++) frame[filled + i] = sound[this.#at + i] ?? 0;
      filled += count;
      this.#at += count;
      if (this.#at < sound.length) break;
      this.#sounds.shift();
      this.#at = 0;
    }
    frame.fill(0, filled);
    if (filled === 0 && this.#isMade) this.#finish();
    return filled > 0;
  }

  /** Nobody is listened to. */
  hear(): void {}

  digit(): void {}

  say(): void {}

  /** On hold nobody hears it. */
  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
  }

  /** The other side is gone. */
  stop(): void {
    this.#making.abort();
    if (!this.#isOver && this.#startedAtMs !== undefined) this.#tell(true);
    this.#isOver = true;
  }

  async #make(): Promise<void> {
    const { announcement, synthesiser } = this.#options;
    const pause = new Int16Array(announcement.pauseMs * samplesPerMs);
    try {
      for (const text of announcement.sentences) {
        const request = { text, voice: announcement.voice, sampleRate: 8000 } as const;
        for await (const { samples } of synthesiser.synthesise(request, this.#making.signal))
          this.#sounds.push(samples);
        this.#sounds.push(pause);
      }
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
    }
    this.#isMade = true;
  }

  #finish(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const { emit, nowMs, onEnd } = this.#options;
    const message = this.#failure;
    if (message === undefined) {
      this.#tell(false);
      onEnd('agent_said_goodbye');
      return;
    }
    const atMs = Math.round(nowMs());
    emit({ kind: 'provider_failed', stage: 'synthesiser', code: 'synthesiser_failed', message, atMs });
    onEnd('provider_failed');
  }

  #tell(interrupted: boolean): void {
    const toMs = Math.round(this.#options.nowMs());
    this.#options.emit({
      kind: 'agent_spoke',
      text: this.#options.announcement.recordedAs,
      fromMs: Math.round(this.#startedAtMs ?? toMs),
      toMs,
      interrupted,
      purpose: 'notice',
      answersSpeechEndMs: null,
      timing: null,
      atMs: toMs,
    });
  }
}
