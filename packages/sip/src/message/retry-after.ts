import type { SipHeaders } from './headers.ts';

/** Whoever says more has mistyped, and would lock us out. */
const LONGEST_SECONDS = 86_400;

/** Retry-After in ms, a day at most; it may carry a comment and parameters behind its seconds (RFC 3261 20.33). */
export function retryAfterMs(message: { readonly headers: SipHeaders }): number | undefined {
  const seconds = Number.parseInt(message.headers.get('Retry-After') ?? '', 10);
  return seconds >= 0 ? Math.min(seconds, LONGEST_SECONDS) * 1000 : undefined;
}
