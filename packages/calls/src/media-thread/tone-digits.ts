/** Keys heard as tones in the sound, for calls in which nothing better was agreed. */
import { DtmfDetector } from '@dialplane/audio';

/** A phone that signals keys as well sounds them at about the same time; two presses by hand are farther apart. */
const samePressMs = 300;

export class ToneDigits {
  readonly #pressed: (digit: string) => void;
  readonly #nowMs: () => number;
  #detector: DtmfDetector | undefined;
  /** The other side sends keys in the signalling, so tones say nothing new. */
  #isSignalled = false;
  #lastDigit = '';
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(pressed: (digit: string) => void, nowMs: () => number) {
    this.#pressed = pressed;
    this.#nowMs = nowMs;
  }

  /** @param isNeeded telephone-event was not agreed. */
  agree(isNeeded: boolean): void {
    if (!isNeeded || this.#isSignalled) this.#detector = undefined;
    else this.#detector ??= new DtmfDetector((digit) => this.#heard(digit));
  }

  /** 20 ms at 8 kHz. */
  hear(frame: Int16Array): void {
    this.#detector?.hear(frame, 0, frame.length);
  }

  /** A key came in the signalling. False when its tone was reported already. */
  signalled(digit: string): boolean {
    this.#isSignalled = true;
    this.#detector = undefined;
    const isNew = digit !== this.#lastDigit || this.#nowMs() - this.#lastMs > samePressMs;
    this.#lastDigit = '';
    return isNew;
  }

  #heard(digit: string): void {
    this.#lastDigit = digit;
    this.#lastMs = this.#nowMs();
    this.#pressed(digit);
  }
}
