/** Requests allowed in a minute, each client's counted apart. Several servers could share a store of this shape. */
export interface RateLimitStore {
  /**
   * Takes `cost` requests of what `client` has left of `perMinute`. A cost of 0 only looks.
   * @returns after the taking; nothing is taken from a client that has less than one left.
   */
  take(client: string, perMinute: number, cost: number): RateLimitState;
}

export interface RateLimitState {
  readonly allowed: boolean;
  /** Whole requests left. */
  readonly remaining: number;
  /** Until all of them are back. */
  readonly resetMs: number;
  /** Until one of them is back; 0 when there is one. */
  readonly retryAfterMs: number;
}

interface Bucket {
  tokens: number;
  filledAtMs: number;
  perMinute: number;
}

const minuteMs = 60_000;

/** Buckets that refill evenly: a client may send a minute's requests at once and then goes on at the mean rate. */
export function createTokenBuckets(now: () => number = () => performance.now()): RateLimitStore {
  const buckets = new Map<string, Bucket>();
  let sweptAtMs = now();

  function fill(bucket: Bucket, atMs: number): void {
    const gained = ((atMs - bucket.filledAtMs) / minuteMs) * bucket.perMinute;
    bucket.tokens = Math.min(bucket.perMinute, bucket.tokens + gained);
    bucket.filledAtMs = atMs;
  }

  /** A full bucket is as good as none; without this, every address that ever failed would be kept. */
  function sweep(atMs: number): void {
    if (atMs - sweptAtMs < minuteMs) return;
    sweptAtMs = atMs;
    for (const [client, bucket] of buckets) {
      fill(bucket, atMs);
      if (bucket.tokens >= bucket.perMinute) buckets.delete(client);
    }
  }

  return {
    take(client, perMinute, cost) {
      const atMs = now();
      sweep(atMs);
      const bucket = buckets.get(client) ?? { tokens: perMinute, filledAtMs: atMs, perMinute };
      fill(bucket, atMs);
      const allowed = bucket.tokens >= 1;
      if (allowed && cost > 0) {
        bucket.tokens -= cost;
        buckets.set(client, bucket);
      }
      const msPerToken = minuteMs / perMinute;
      return {
        allowed,
        remaining: Math.max(0, Math.floor(bucket.tokens)),
        resetMs: (perMinute - bucket.tokens) * msPerToken,
        retryAfterMs: Math.max(0, (1 - bucket.tokens) * msPerToken),
      };
    },
  };
}
