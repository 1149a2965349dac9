import { ownText } from '../message/own-text.ts';

/**
 * Uses per generation. Only credentials with a right password are noted, so this is a thousand authenticated requests a
 * second for two minutes, in about 15 MB; more than that forgets the oldest early.
 */
const MAX_USES = 120_000;

/**
 * Which (nonce, nc) pairs were used, so that a recorded request is worth nothing (RFC 7616 3.4, 5.10). Memory is bounded
 * by two generations: what is older than both could only be used with an expired nonce. Known to this process only;
 * another node would take the same pair once more within the nonce's lifetime, which RFC 7616 3.3 leaves to the server.
 */
export class NonceUses {
  readonly #generationMs: number;
  #current = new Set<string>();
  #previous = new Set<string>();
  #currentSinceMs = 0;

  /** @param nonceLifetimeMs how far a valid nonce's time may lie in the past or, for a clock ahead of ours, in the future. */
  constructor(nonceLifetimeMs: number) {
    // A nonce that is a lifetime ahead stays valid for two.
    this.#generationMs = 2 * nonceLifetimeMs;
  }

  /** False when the pair was used before. @param use the nonce count, or the response of a client without qop. */
  isFirst(nonce: string, use: string, nowMs: number): boolean {
    this.#turn(nowMs);
    const key = ownText(`${nonce} ${use}`);
    if (this.#current.has(key) || this.#previous.has(key)) return false;
    this.#current.add(key);
    return true;
  }

  get size(): number {
    return this.#current.size + this.#previous.size;
  }

  #turn(nowMs: number): void {
    const ageMs = nowMs - this.#currentSinceMs;
    if (ageMs < this.#generationMs && this.#current.size < MAX_USES) return;
    this.#previous = ageMs < 2 * this.#generationMs ? this.#current : new Set();
    this.#current = new Set();
    this.#currentSinceMs = nowMs;
  }
}
