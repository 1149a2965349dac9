import { RTP_HEADER_BYTES } from '../packet.ts';

/** RTCP's first header and the sender's SSRC stay readable (RFC 3711 3.4). */
export const RTCP_CLEAR_BYTES = 8;

/** First bit of RTCP's index word: the packet is encrypted (RFC 3711 3.4). */
export const RTCP_ENCRYPTED = 0x8000_0000;

/** RTCP's index has 31 bits. */
export const RTCP_INDICES = 0x8000_0000;

/**
 * Header, CSRC list and extension, which stay readable (RFC 3711 3.1). The padding count is encrypted, so this looks at
 * nothing behind them. Undefined when they do not fit in.
 */
export function clearRtpBytes(packet: Buffer): number | undefined {
  if (packet.length < RTP_HEADER_BYTES) return undefined;
  const first = packet.readUInt8(0);
  const fixed = RTP_HEADER_BYTES + (first & 0x0f) * 4;
  if ((first & 0x10) === 0) return fixed <= packet.length ? fixed : undefined;
  if (fixed + 4 > packet.length) return undefined;
  const withExtension = fixed + 4 + packet.readUInt16BE(fixed + 2) * 4;
  return withExtension <= packet.length ? withExtension : undefined;
}
