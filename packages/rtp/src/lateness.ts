/** One bucket for each millisecond up to here; a tick later than that is a stall, and only its maximum is of interest. */
const BUCKETS = 100;

/** How late things happened, as a histogram of whole milliseconds: counting costs no memory. */
export interface Lateness {
  count(latenessMs: number): void;
  readonly maxMs: number;
  /** The lateness that `share` (0 to 1) of all stayed within, in whole milliseconds, {@link BUCKETS} at most; 0 when there is none. */
  withinMs(share: number): number;
}

export function createLateness(): Lateness {
  const buckets = new Uint32Array(BUCKETS);
  let total = 0;
  let maxMs = 0;

  return {
    count(latenessMs) {
      const bucket = Math.min(BUCKETS - 1, Math.max(0, Math.floor(latenessMs)));
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
      total += 1;
      if (latenessMs > maxMs) maxMs = latenessMs;
    },

    get maxMs() {
      return maxMs;
    },

    withinMs(share) {
      let left = Math.ceil(total * share);
      for (let bucket = 0; bucket < BUCKETS && left > 0; bucket += 1) {
        left -= buckets[bucket] ?? 0;
        if (left <= 0) return bucket + 1;
      }
      return 0;
    },
  };
}
