import type { SipMessage } from '../message/message.ts';
import { optionTags } from '../message/option-tags.ts';
import { ownText } from '../message/own-text.ts';

/** Which methods the peer of a dialog takes, as its last Allow said (RFC 3261 20.5). */
export class PeerMethods {
  /** Upper case. */
  #methods: ReadonlySet<string>;
  /** What it was read from: most messages of a call say the same. */
  #written: string | undefined;

  constructor(methods: readonly string[] = []) {
    this.#methods = new Set(methods);
  }

  /** An empty Allow teaches nothing. */
  learn(message: SipMessage): void {
    const written = message.headers.get('Allow');
    if (written === undefined) return;
    const isRepeated = message.headers.isRepeated('Allow');
    if (!isRepeated && written === this.#written) return;
    const methods = optionTags(message, 'Allow');
    if (methods.length === 0) return;
    this.#written = isRepeated ? undefined : ownText(written);
    this.#methods = new Set(methods.map((method) => method.toUpperCase()));
  }

  has(method: string): boolean {
    return this.#methods.has(method.toUpperCase());
  }

  list(): string[] {
    return [...this.#methods];
  }
}
