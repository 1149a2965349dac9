/**
 * RTCP packets as far as a telephone call uses them (RFC 3550 section 6): sender and receiver reports, the canonical name and
 * BYE, always as a compound packet that begins with a report.
 */

/** RFC 3550 12.1. */
const SENDER_REPORT = 200;
const RECEIVER_REPORT = 201;
const SOURCE_DESCRIPTION = 202;
const BYE = 203;

/** RFC 3550 6.5.1. */
const CNAME_ITEM = 1;

const VERSION_BITS = 0x80;
const HEADER_BYTES = 8;
const SENDER_INFO_BYTES = 20;
const BLOCK_BYTES = 24;
/** Item texts have a length of one byte. */
const LONGEST_TEXT = 255;

/** What one side reports about the other's stream (RFC 3550 6.4.1). */
export interface ReceptionReport {
  /** Whose packets were received. */
  readonly ssrc: number;
  /** 0 to 1, since the last report. */
  readonly fractionLost: number;
  /** Since the beginning; negative when duplicates came. */
  readonly cumulativeLost: number;
  /** Highest sequence number, with its turns in the upper 16 bits. */
  readonly highestSequence: number;
  /** In units of the codec's clock. */
  readonly jitter: number;
  /** Middle 32 bits of the NTP time of the last sender report; 0 when there was none. */
  readonly lastSenderReport: number;
  /** In units of 1/65536 s since that report came. */
  readonly delaySinceLastSenderReport: number;
}

/** What a sender says about itself. */
export interface SenderInformation {
  /** NTP time: seconds since 1900, and their fraction in units of 2^-32 s. */
  readonly ntpSeconds: number;
  readonly ntpFraction: number;
  readonly rtpTimestamp: number;
  readonly packets: number;
  readonly octets: number;
}

export interface RtcpReport {
  readonly ssrc: number;
  readonly sender?: SenderInformation | undefined;
  readonly reception?: ReceptionReport | undefined;
  readonly cname?: string | undefined;
  /** The stream is over. */
  readonly isBye: boolean;
}

/** A compound packet in a new buffer. */
export function writeRtcp({ ssrc, sender, reception, cname, isBye }: RtcpReport): Buffer {
  const text = Buffer.from(cname ?? '', 'latin1').subarray(0, LONGEST_TEXT);
  // Chunks end with at least one zero, on a boundary of four bytes (RFC 3550 6.5).
  const descriptionBytes = cname === undefined ? 0 : 4 + 4 * Math.ceil((4 + 2 + text.length + 1) / 4);
  const reportBytes = HEADER_BYTES + (sender ? SENDER_INFO_BYTES : 0) + (reception ? BLOCK_BYTES : 0);
  const packet = Buffer.alloc(reportBytes + descriptionBytes + (isBye ? HEADER_BYTES : 0));
  let at = writeHeader(packet, 0, sender ? SENDER_REPORT : RECEIVER_REPORT, reception ? 1 : 0, reportBytes, ssrc);
  if (sender) {
    packet.writeUInt32BE(sender.ntpSeconds >>> 0, at);
    packet.writeUInt32BE(sender.ntpFraction >>> 0, at + 4);
    packet.writeUInt32BE(sender.rtpTimestamp >>> 0, at + 8);
    packet.writeUInt32BE(sender.packets >>> 0, at + 12);
    packet.writeUInt32BE(sender.octets >>> 0, at + 16);
    at += SENDER_INFO_BYTES;
  }
  if (reception) at = writeBlock(packet, at, reception);
  if (cname !== undefined) {
    const chunk = writeHeader(packet, at, SOURCE_DESCRIPTION, 1, descriptionBytes, ssrc);
    packet.writeUInt8(CNAME_ITEM, chunk);
    packet.writeUInt8(text.length, chunk + 1);
    text.copy(packet, chunk + 2);
    at += descriptionBytes;
  }
  if (isBye) writeHeader(packet, at, BYE, 1, HEADER_BYTES, ssrc);
  return packet;
}

function writeHeader(packet: Buffer, at: number, type: number, count: number, bytes: number, ssrc: number): number {
  packet.writeUInt8(VERSION_BITS | count, at);
  packet.writeUInt8(type, at + 1);
  packet.writeUInt16BE(bytes / 4 - 1, at + 2);
  packet.writeUInt32BE(ssrc, at + 4);
  return at + HEADER_BYTES;
}

function writeBlock(packet: Buffer, at: number, report: ReceptionReport): number {
  packet.writeUInt32BE(report.ssrc, at);
  packet.writeUInt8(Math.max(0, Math.min(255, Math.floor(report.fractionLost * 256))), at + 4);
  const lost = Math.max(-0x80_0000, Math.min(0x7f_ffff, report.cumulativeLost));
  packet.writeIntBE(lost, at + 5, 3);
  packet.writeUInt32BE(report.highestSequence >>> 0, at + 8);
  packet.writeUInt32BE(report.jitter >>> 0, at + 12);
  packet.writeUInt32BE(report.lastSenderReport >>> 0, at + 16);
  packet.writeUInt32BE(report.delaySinceLastSenderReport >>> 0, at + 20);
  return at + BLOCK_BYTES;
}

/**
 * Reads a compound packet (RFC 3550 appendix A.2). Undefined when it is none. Packets of unknown types are skipped (APP, and
 * the feedback and extended reports of RFC 4585 and 3611).
 * @param aboutSsrc the reception report about this source is picked out.
 */
export function readRtcp(packet: Buffer, aboutSsrc: number): RtcpReport | undefined {
  let report: { -readonly [field in keyof RtcpReport]: RtcpReport[field] } | undefined;
  let at = 0;
  while (at < packet.length) {
    if (at + HEADER_BYTES > packet.length || packet.readUInt8(at) >> 6 !== 2) return undefined;
    const count = packet.readUInt8(at) & 0x1f;
    const type = packet.readUInt8(at + 1);
    const end = at + 4 * (packet.readUInt16BE(at + 2) + 1);
    if (end > packet.length || end < at + HEADER_BYTES) return undefined;
    if (!report) {
      if (type !== SENDER_REPORT && type !== RECEIVER_REPORT) return undefined;
      report = { ssrc: packet.readUInt32BE(at + 4), isBye: false };
    }
    if (type === SENDER_REPORT && at + HEADER_BYTES + SENDER_INFO_BYTES <= end) {
      report.sender = readSender(packet, at + HEADER_BYTES);
      report.reception ??= readBlocks(packet, at + HEADER_BYTES + SENDER_INFO_BYTES, end, count, aboutSsrc);
    } else if (type === RECEIVER_REPORT) {
      report.reception ??= readBlocks(packet, at + HEADER_BYTES, end, count, aboutSsrc);
    } else if (type === SOURCE_DESCRIPTION) report.cname ??= readCname(packet, at + HEADER_BYTES, end);
    else if (type === BYE) report.isBye = true;
    at = end;
  }
  return report;
}

function readSender(packet: Buffer, at: number): SenderInformation {
  return {
    ntpSeconds: packet.readUInt32BE(at),
    ntpFraction: packet.readUInt32BE(at + 4),
    rtpTimestamp: packet.readUInt32BE(at + 8),
    packets: packet.readUInt32BE(at + 12),
    octets: packet.readUInt32BE(at + 16),
  };
}

function readBlocks(
  packet: Buffer,
  from: number,
  end: number,
  count: number,
  aboutSsrc: number,
): ReceptionReport | undefined {
  for (let block = 0; block < count; block++) {
    const at = from + block * BLOCK_BYTES;
    if (at + BLOCK_BYTES > end) return undefined;
    if (packet.readUInt32BE(at) !== aboutSsrc) continue;
    return {
      ssrc: aboutSsrc,
      fractionLost: packet.readUInt8(at + 4) / 256,
      cumulativeLost: packet.readIntBE(at + 5, 3),
      highestSequence: packet.readUInt32BE(at + 8),
      jitter: packet.readUInt32BE(at + 12),
      lastSenderReport: packet.readUInt32BE(at + 16),
      delaySinceLastSenderReport: packet.readUInt32BE(at + 20),
    };
  }
  return undefined;
}

/** The canonical name of the first source described. */
function readCname(packet: Buffer, from: number, end: number): string | undefined {
  let at = from;
  while (at + 2 <= end && packet.readUInt8(at) !== 0) {
    const textEnd = at + 2 + packet.readUInt8(at + 1);
    if (textEnd > end) return undefined;
    if (packet.readUInt8(at) === CNAME_ITEM) return packet.toString('latin1', at + 2, textEnd);
    at = textEnd;
  }
  return undefined;
}
