/** Pages of an Ogg stream (RFC 3533 section 6). */

/** RFC 3533 6: the polynomial of the page checksum, without reflection. */
const polynomial = 0x04c11db7;
const headerBytes = 27;
/** A page has one byte for the number of its segments. */
export const mostSegments = 255;
const segmentBytes = 255;

const checksums = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte << 24;
  for (let bit = 0; bit < 8; bit++) sum = sum & 0x8000_0000 ? (sum << 1) ^ polynomial : sum << 1;
  return sum >>> 0;
});

export interface OggPage {
  readonly serial: number;
  readonly sequence: number;
  /** Position of the last sample that ends in the page, in the codec's units. */
  readonly granule: number;
  readonly isFirst?: boolean;
  readonly isLast?: boolean;
  /** Whole packets, of no more than 255 segments together. */
  readonly packets: readonly Uint8Array[];
}

/** A packet ends with a segment shorter than 255 bytes, an empty one if need be. */
export const segmentsOf = (packet: Uint8Array): number => Math.floor(packet.length / segmentBytes) + 1;

export function oggPage({ serial, sequence, granule, isFirst, isLast, packets }: OggPage): Uint8Array {
  const segments = packets.reduce((sum, packet) => sum + segmentsOf(packet), 0);
  const bodyBytes = packets.reduce((sum, packet) => sum + packet.length, 0);
  const page = new Uint8Array(headerBytes + segments + bodyBytes);
  const view = new DataView(page.buffer);
  page.set([0x4f, 0x67, 0x67, 0x53]);
  view.setUint8(5, (isFirst ? 2 : 0) | (isLast ? 4 : 0));
  view.setBigUint64(6, BigInt(granule), true);
  view.setUint32(14, serial, true);
  view.setUint32(18, sequence, true);
  view.setUint8(26, segments);
  let segmentAt = headerBytes;
  let at = headerBytes + segments;
  for (const packet of packets) {
    page.fill(segmentBytes, segmentAt, segmentAt + segmentsOf(packet) - 1);
    segmentAt += segmentsOf(packet);
    page[segmentAt - 1] = packet.length % segmentBytes;
    page.set(packet, at);
    at += packet.length;
  }
  view.setUint32(22, checksum(page), true);
  return page;
}

function checksum(page: Uint8Array): number {
  let sum = 0;
  for (const byte of page) sum = (sum << 8) ^ (checksums[(sum >>> 24) ^ byte] ?? 0);
  return sum >>> 0;
}
