/** UDP ports from `min` to `max`, both included. */
export interface PortRange {
  readonly min: number;
  readonly max: number;
}

/**
 * How many RTP ports a range holds: even ports whose odd neighbour, the RTCP port (RFC 3550 section 11), is inside too.
 */
export function rtpPortCount(range: PortRange): number {
  return Math.max(0, Math.floor((range.max - firstRtpPort(range) + 1) / 2));
}

/** The lowest even port of a range. */
export function firstRtpPort(range: PortRange): number {
  return range.min + (range.min % 2);
}

/**
 * The part of a range that belongs to media thread `index` of `count`: parts do not overlap, cover the whole range and differ
 * by one port pair at most. A part is empty (max below min) when there are more threads than ports.
 */
export function slicePortRange(min: number, max: number, index: number, count: number): PortRange {
  const pairs = rtpPortCount({ min, max });
  const first = firstRtpPort({ min, max });
  const from = Math.floor((pairs * index) / count);
  const to = Math.floor((pairs * (index + 1)) / count);
  return { min: first + from * 2, max: first + to * 2 - 1 };
}
