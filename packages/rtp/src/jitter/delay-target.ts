/** Shortest and longest delay aimed at: one packet of 20 ms, and what a conversation still bears. */
const SHORTEST_MS = 20;
const LONGEST_MS = 200;

/** Delays are counted in steps of this size. */
const STEP_MS = 5;
const STEPS = LONGEST_MS / STEP_MS + 1;

/** This share of packets is to arrive in time; the rest is concealed. */
const IN_TIME = 0.97;

/** Each packet takes this share of what older ones counted: after 10 s of 20 ms packets a twentieth is left of them. */
const FORGETTING = 0.006;

/** Windows over which the quickest way is remembered; two of them, so that clock drift and route changes are followed. */
const QUICKEST_WINDOW_MS = 5_000;

/**
 * How long packets have to be held so that nearly all are there when they are to be played: how much later than the quickest
 * one each arrives is counted, and the count fades.
 */
export class DelayTarget {
  readonly #clockRateHz: number;
  readonly #shares = new Float64Array(STEPS);
  #baseTimestamp = 0;
  #baseMs: number | undefined;
  #quickest = Number.POSITIVE_INFINITY;
  #quickestBefore = Number.POSITIVE_INFINITY;
  #windowEndMs = 0;
  /** In milliseconds. */
  delayMs = SHORTEST_MS;

  constructor(clockRateHz: number) {
    this.#clockRateHz = clockRateHz;
    this.#shares[0] = 1;
  }

  /**
   * A packet arrived. Returns how much later than the quickest packet it came, in milliseconds.
   * @param timestamp 32 bits in the codec's clock.
   * @param nowMs monotonic.
   */
  arrived(timestamp: number, nowMs: number): number {
    this.#baseMs ??= this.#start(timestamp, nowMs);
    // Signed, so that a packet from before the first counts backwards.
    const sentMs = (((timestamp - this.#baseTimestamp) | 0) * 1000) / this.#clockRateHz;
    const transitMs = nowMs - this.#baseMs - sentMs;
    this.#noteQuickest(transitMs, nowMs);
    const laterMs = transitMs - Math.min(this.#quickest, this.#quickestBefore);
    const step = Math.min(STEPS - 1, Math.max(0, Math.ceil(laterMs / STEP_MS)));
    for (let i = 0; i < STEPS; i++) this.#shares[i] = (this.#shares[i] ?? 0) * (1 - FORGETTING);
    this.#shares[step] = (this.#shares[step] ?? 0) + FORGETTING;
    this.delayMs = Math.max(SHORTEST_MS, Math.min(LONGEST_MS, this.#inTimeMs()));
    return laterMs;
  }

  /** The stream began anew: its timestamps cannot be compared with earlier ones. What is known of the way is kept. */
  restart(): void {
    this.#baseMs = undefined;
    this.#quickest = Number.POSITIVE_INFINITY;
    this.#quickestBefore = Number.POSITIVE_INFINITY;
  }

  #start(timestamp: number, nowMs: number): number {
    this.#baseTimestamp = timestamp;
    this.#windowEndMs = nowMs + QUICKEST_WINDOW_MS;
    return nowMs;
  }

  #noteQuickest(transitMs: number, nowMs: number): void {
    if (nowMs > this.#windowEndMs) {
      this.#quickestBefore = this.#quickest;
      this.#quickest = Number.POSITIVE_INFINITY;
      this.#windowEndMs = nowMs + QUICKEST_WINDOW_MS;
    }
    this.#quickest = Math.min(this.#quickest, transitMs);
  }

  #inTimeMs(): number {
    let share = 0;
    for (let step = 0; step < STEPS; step++) {
      share += this.#shares[step] ?? 0;
      if (share >= IN_TIME) return SHORTEST_MS + step * STEP_MS;
    }
    return LONGEST_MS;
  }
}
