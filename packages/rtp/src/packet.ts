/**
 * The RTP fixed header, RFC 3550 section 5.1:
 *
 *     0                   1                   2                   3
 *     0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *    +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *    |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 *    +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *    |                           timestamp                           |
 *    +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *    |           synchronization source (SSRC) identifier            |
 *    +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 *    |            contributing source (CSRC) identifiers             |
 *    |                             ....                              |
 *    +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 */

/** Bytes of the header without CSRC list and extension. */
export const RTP_HEADER_BYTES = 12;

const VERSION = 2;

/** Filled in place by {@link readRtpHeader} and reused, so that a packet costs no object. */
export interface RtpHeader {
  marker: boolean;
  /** 0 to 127. */
  payloadType: number;
  /** 0 to 65535. */
  sequence: number;
  /** Unsigned 32 bits, in the codec's clock (8000 a second for telephony). */
  timestamp: number;
  /** Unsigned 32 bits. */
  ssrc: number;
  /** Half-open byte range of the payload: without CSRC list, extension and padding. */
  payloadFrom: number;
  payloadTo: number;
}

export function createRtpHeader(): RtpHeader {
  return { marker: false, payloadType: 0, sequence: 0, timestamp: 0, ssrc: 0, payloadFrom: 0, payloadTo: 0 };
}

/**
 * Reads the header of the first `length` bytes into `header`. False, with `header` in an undefined state, when the bytes are
 * no RTP packet: too short, another version, or a CSRC list, extension or padding that reaches past the end.
 */
export function readRtpHeader(packet: Buffer, length: number, header: RtpHeader): boolean {
  if (length < RTP_HEADER_BYTES || length > packet.length) return false;
  const first = packet.readUInt8(0);
  if (first >> 6 !== VERSION) return false;

  const second = packet.readUInt8(1);
  header.marker = (second & 0x80) !== 0;
  header.payloadType = second & 0x7f;
  header.sequence = packet.readUInt16BE(2);
  header.timestamp = packet.readUInt32BE(4);
  header.ssrc = packet.readUInt32BE(8);

  let from = RTP_HEADER_BYTES + (first & 0x0f) * 4;
  if ((first & 0x10) !== 0) {
    // Section 5.3.1: 16 bits of profile, 16 bits of length in 32-bit words that does not count these four bytes.
    if (from + 4 > length) return false;
    from += 4 + packet.readUInt16BE(from + 2) * 4;
  }
  if (from > length) return false;

  let to = length;
  if ((first & 0x20) !== 0) {
    // The last byte counts the padding, itself included.
    const padding = packet.readUInt8(length - 1);
    if (padding === 0 || from + padding > length) return false;
    to -= padding;
  }
  header.payloadFrom = from;
  header.payloadTo = to;
  return true;
}

/** Writes a header without CSRC, extension and padding into the first {@link RTP_HEADER_BYTES} bytes. */
export function writeRtpHeader(packet: Buffer, header: RtpHeader): void {
  packet.writeUInt8(VERSION << 6, 0);
  packet.writeUInt8((header.marker ? 0x80 : 0) | header.payloadType, 1);
  packet.writeUInt16BE(header.sequence, 2);
  packet.writeUInt32BE(header.timestamp, 4);
  packet.writeUInt32BE(header.ssrc, 8);
}
