import type { DialogSession } from '../endpoint/dialog-session.ts';
import { DTMF, DTMF_RELAY, isDigit, USUAL_DIGIT_MS, writeDigitInfo } from './digit-info.ts';

/** Sends keys in INFO, one after the other: two of them under way at once could change places. */
export class DigitSender {
  readonly #session: DialogSession;
  #sending: Promise<boolean> = Promise.resolve(true);
  /** What the peer has turned out to read. */
  #type: typeof DTMF_RELAY | typeof DTMF = DTMF_RELAY;

  constructor(session: DialogSession) {
    this.#session = session;
  }

  /** Whether the peer took the key. @throws RangeError for what is no key. */
  send(digit: string, durationMs = USUAL_DIGIT_MS): Promise<boolean> {
    const key = digit.toUpperCase();
    if (!isDigit(key)) throw new RangeError(`no key: ${JSON.stringify(digit)}`);
    this.#sending = this.#sending.then(() => this.#send({ digit: key, durationMs: Math.round(durationMs) }));
    return this.#sending;
  }

  async #send(key: { readonly digit: string; readonly durationMs: number }): Promise<boolean> {
    const type = this.#type;
    const body = { type, content: writeDigitInfo(type, key) };
    const { response } = await this.#session.request('INFO', { body });
    if (!response) return false;
    if (response.status === 415 && type === DTMF_RELAY) {
      this.#type = DTMF;
      return this.#send(key);
    }
    return response.status < 300;
  }
}
