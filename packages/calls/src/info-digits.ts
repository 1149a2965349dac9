import type { CallUsages } from '@dialplane/sip';

/** Dialling strings take `w` for half a second, over INFO as over RTP. */
const pauseMs = 500;

/** Keys for a peer that agreed on no telephone-event but takes INFO (RFC 6086): one after the other, with pauses. */
export class InfoDigits {
  readonly #call: Pick<CallUsages, 'sendDigit'>;
  readonly #pressed: (digit: string) => void;
  #sending: Promise<void> = Promise.resolve();

  /** @param pressed told of each key that the peer took. */
  constructor(call: Pick<CallUsages, 'sendDigit'>, pressed: (digit: string) => void) {
    this.#call = call;
    this.#pressed = pressed;
  }

  /** After those that wait: 0 to 9, `*`, `#`, A to D, `w` for a pause. */
  add(digits: string): void {
    for (const key of digits) this.#sending = this.#sending.then(() => this.#send(key));
  }

  async #send(key: string): Promise<void> {
    if (key === 'w') await new Promise((resolve) => setTimeout(resolve, pauseMs));
    else if (await this.#call.sendDigit(key)) this.#pressed(key);
  }
}
