import { type EndingReason, endings } from './endings.ts';

/** Carriers come again after it (RFC 3261 20.33); a place on a trunk or a media port is free within seconds. */
const retryAfterSeconds = '5';

/** What tells the engineer on the other side why a call was turned away. @param sentence absent: the ending's own. */
export function refusalHeaders(
  reason: EndingReason,
  status: number,
  sentence: string = endings[reason].sentence,
): Readonly<Record<string, string>> {
  const text = sentence.replace(/["\\\r\n]/g, "'");
  return {
    // RFC 3261 20.43, code 399.
    Warning: `399 dialplane "${text}"`,
    // RFC 3326.
    Reason: `Q.850;cause=${endings[reason].q850Cause};text="${text}"`,
    ...(status === 503 ? { 'Retry-After': retryAfterSeconds } : {}),
  };
}
