import type { NoiseSuppression, SpeechDetector, SuppressionMode } from '@dialplane/audio';
import { SwitchedSuppressor } from '@dialplane/audio';
import type { Talker } from './media-call.ts';

export interface CleanHearingOptions {
  readonly noiseSuppression: SuppressionMode;
  readonly suppression: NoiseSuppression;
  /** The conversation's own, which says what is speech in the sound it hears. */
  readonly detector: SpeechDetector;
  readonly conversation: Talker;
}

/** A conversation that hears its caller with less of the noise around them. */
export class CleanHearing implements Talker {
  readonly #conversation: Talker;
  readonly #detector: SpeechDetector;
  readonly #suppressor: SwitchedSuppressor;

  constructor({ noiseSuppression, suppression, detector, conversation }: CleanHearingOptions) {
    this.#conversation = conversation;
    this.#detector = detector;
    this.#suppressor = new SwitchedSuppressor({ mode: noiseSuppression, sampleRate: 8000, suppression });
  }

  hear(frame: Int16Array): void {
    this.#conversation.hear(this.#suppressor.process(frame, this.#detector));
  }

  speak(frame: Int16Array): boolean {
    return this.#conversation.speak(frame);
  }

  start(): void {
    this.#conversation.start();
  }

  digit(digit: string): void {
    this.#conversation.digit(digit);
  }

  say(text: string): void {
    this.#conversation.say(text);
  }

  pause(): void {
    this.#conversation.pause();
  }

  resume(): void {
    this.#conversation.resume();
  }

  stop(): void {
    this.#conversation.stop();
    this.#suppressor.close();
  }
}
