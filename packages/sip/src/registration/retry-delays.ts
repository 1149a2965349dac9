/** RFC 5626 4.5: base-time when all flows have failed, and max-time. */
const RETRY_BASE_MS = 30_000;
const RETRY_MAX_MS = 1_800_000;

/** After a no that only people can change. Carriers lock accounts that ask often, and a day would hide the repair. */
const SLOW_RETRY_MS = 900_000;

/** Between 50 and 100 %, so that a thousand registrations do not come back at once (RFC 5626 4.5). */
function spread(delayMs: number, random: number): number {
  return delayMs * (0.5 + random / 2);
}

/**
 * RFC 5626 4.5: doubled with every failure in a row, starting between 30 and 60 s; never before `retryAfterMs`.
 * @param random from 0 to below 1.
 */
export function retryDelayMs(failures: number, retryAfterMs: number, random: number): number {
  return Math.max(retryAfterMs, spread(Math.min(RETRY_MAX_MS, RETRY_BASE_MS * 2 ** failures), random));
}

export function slowRetryDelayMs(retryAfterMs: number, random: number): number {
  return Math.max(retryAfterMs, spread(SLOW_RETRY_MS, random));
}

/** At 50 to 90 % of what was granted: time for another try is left, and many registrations spread out. */
export function refreshDelayMs(grantedMs: number, random: number): number {
  return grantedMs * (0.5 + 0.4 * random);
}
