import type { RtpLeg } from '@dialplane/rtp';

/** Dialling strings of modems and of call-control APIs alike take `w` for half a second: 25 ticks of 20 ms. */
const pauseTicks = 25;
/** Twice what ITU-T Q.24 asks of a receiver, with room for slow voice menus. */
const pressMs = 160;

/** Keys to press one after the other, with pauses, driven by the media clock. */
export class DigitSequence {
  readonly #leg: Pick<RtpLeg, 'pressDigit' | 'sendingDigits'>;
  readonly #pressed: (digit: string) => void;
  #waiting = '';
  #at = 0;
  #pauseTicks = 0;

  constructor(leg: Pick<RtpLeg, 'pressDigit' | 'sendingDigits'>, pressed: (digit: string) => void) {
    this.#leg = leg;
    this.#pressed = pressed;
  }

  /** After those that wait: 0 to 9, `*`, `#`, A to D, `w` for a pause. */
  add(digits: string): void {
    this.#waiting = this.#waiting.slice(this.#at) + digits;
    this.#at = 0;
  }

  /** Once for each tick, before the leg sends its packet. */
  tick(): void {
    if (this.#pauseTicks > 0) {
      this.#pauseTicks -= 1;
      return;
    }
    if (this.#at === this.#waiting.length || this.#leg.sendingDigits) return;
    const key = this.#waiting.charAt(this.#at);
    this.#at += 1;
    if (key === 'w') this.#pauseTicks = pauseTicks;
    else if (this.#leg.pressDigit(key, pressMs)) this.#pressed(key);
  }
}
