import type { Clock } from '../clock.ts';
import type { Candidate } from './locate.ts';

/** RFC 3263 4.3 leaves the time open: long enough to spare the next calls the wait, short enough to notice a restart. */
const AVOID_MS = 30_000;

/** A 503 may ask for more with Retry-After (RFC 3261 21.5.4); who asks for days is looked at again within the hour. */
const LONGEST_AVOID_MS = 3_600_000;

/** The result of trying TCP for a large request; a peer that gets TCP later is noticed within the hour. */
const REMEMBER_TCP_MS = 3_600_000;

/** A handful of places per trunk; what was noted longest ago goes first. */
const MOST_PLACES = 1_000;

/** Places that lately did not answer, and peers that cannot be reached over TCP. */
export class FailedPlaces {
  readonly #clock: Clock;
  readonly #failed = new Map<string, number>();
  readonly #withoutTcp = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Good ones first, each group in its order: when all failed, there is still something to try. */
  order(candidates: readonly Candidate[]): Candidate[] {
    const isGood = (candidate: Candidate) => !this.#isNoted(this.#failed, keyOf(candidate));
    return [...candidates.filter(isGood), ...candidates.filter((candidate) => !isGood(candidate))];
  }

  /** @param wishedMs for how long the place itself wants to be left alone. */
  noteFailure(candidate: Candidate, wishedMs = 0): void {
    this.#note(this.#failed, keyOf(candidate), Math.min(Math.max(AVOID_MS, wishedMs), LONGEST_AVOID_MS));
  }

  noteSuccess(candidate: Candidate): void {
    this.#failed.delete(keyOf(candidate));
  }

  noteWithoutTcp({ address, port }: Candidate): void {
    this.#note(this.#withoutTcp, `${address} ${port}`, REMEMBER_TCP_MS);
  }

  isWithoutTcp({ address, port }: Candidate): boolean {
    return this.#isNoted(this.#withoutTcp, `${address} ${port}`);
  }

  #note(places: Map<string, number>, key: string, forMs: number): void {
    places.delete(key);
    places.set(key, this.#clock.nowMs() + forMs);
    if (places.size <= MOST_PLACES) return;
    const oldest = places.keys().next();
    if (!oldest.done) places.delete(oldest.value);
  }

  #isNoted(places: Map<string, number>, key: string): boolean {
    const untilMs = places.get(key);
    if (untilMs === undefined) return false;
    if (untilMs > this.#clock.nowMs()) return true;
    places.delete(key);
    return false;
  }
}

function keyOf({ transport, address, port }: Candidate): string {
  return `${transport} ${address} ${port}`;
}
