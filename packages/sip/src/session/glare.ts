/** RFC 3261 14.1: the wait is a multiple of 10 ms. */
const STEP_MS = 10;

/**
 * How long to wait before a change that met one of the peer's is tried again (RFC 3261 14.1): 2.1 to 4 s for who made the
 * Call-ID, 0 to 2 s for the other, so that the two do not meet again.
 * @param random between 0 and 1.
 */
export function glareDelayMs(ownsCallId: boolean, random: () => number = Math.random): number {
  const [fromMs, toMs] = ownsCallId ? [2100, 4000] : [0, 2000];
  return fromMs + Math.floor(random() * ((toMs - fromMs) / STEP_MS + 1)) * STEP_MS;
}
