/** `o=` line up to the version, the version, and the rest of the line (RFC 8866 5.2). */
const ORIGIN = /^(o=\S+ \S+ )(\d+)( .*)$/m;

/**
 * A description of ours with the version RFC 3264 8 demands after the one sent before: that very text when nothing else
 * differs, one more than its version otherwise. The first description keeps what it has.
 */
export function withNextVersion(sdp: string, previous: string | undefined): string {
  if (previous === undefined) return sdp;
  const before = ORIGIN.exec(previous)?.[2];
  if (before === undefined) return sdp;
  if (withVersion(sdp, before) === previous) return previous;
  return withVersion(sdp, String(BigInt(before) + 1n));
}

function withVersion(sdp: string, version: string): string {
  return sdp.replace(ORIGIN, (_, start: string, __, rest: string) => `${start}${version}${rest}`);
}
