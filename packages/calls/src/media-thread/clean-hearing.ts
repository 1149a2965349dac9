import {
  type GuardedDetector,
  type NoiseSuppression,
  type SpeechDetector,
  type SuppressionMode,
  SwitchedSuppressor,
} from '@dialplane/audio';
import type { Talker } from './media-call.ts';

export interface CleanHearingOptions {
  readonly noiseSuppression: SuppressionMode;
  readonly suppression: NoiseSuppression;
  /** Says what is speech in the sound that is heard, whoever speaks. */
  readonly detector: SpeechDetector;
  /** The conversation's own, which hears through the other one and takes no echo for the caller. */
  readonly guarded: GuardedDetector;
  readonly conversation: Talker;
}

/** A conversation that hears its caller with less of the noise around them, and not itself. */
export class CleanHearing implements Talker {
  readonly #conversation: Talker;
  readonly #detector: SpeechDetector;
  readonly #guarded: GuardedDetector;
  readonly #suppressor: SwitchedSuppressor;

  constructor({ noiseSuppression, suppression, detector, guarded, conversation }: CleanHearingOptions) {
    this.#conversation = conversation;
    this.#detector = detector;
    this.#guarded = guarded;
    this.#suppressor = new SwitchedSuppressor({ mode: noiseSuppression, sampleRate: 8000, suppression });
  }

  hear(frame: Int16Array): void {
    this.#conversation.hear(this.#suppressor.process(frame, this.#detector));
  }

  speak(frame: Int16Array): boolean {
    const speaking = this.#conversation.speak(frame);
    this.#guarded.sent(frame);
    return speaking;
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
