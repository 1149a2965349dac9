export type DatagramKind = 'rtp' | 'rtcp' | 'stun' | 'zrtp' | 'dtls' | 'turn' | 'unknown';

/**
 * What a datagram on a media port is, by its first bytes. One port may carry all of these (RFC 7983 section 7);
 * RTP and RTCP share a range and differ in the packet type (RFC 5761 section 4).
 */
export function datagramKind(packet: Buffer, length: number): DatagramKind {
  if (length < 2) return 'unknown';
  const first = packet.readUInt8(0);
  if (first >= 128 && first <= 191) {
    const packetType = packet.readUInt8(1);
    return packetType >= 192 && packetType <= 223 ? 'rtcp' : 'rtp';
  }
  if (first <= 3) return 'stun';
  if (first >= 16 && first <= 19) return 'zrtp';
  if (first >= 20 && first <= 63) return 'dtls';
  if (first >= 64 && first <= 79) return 'turn';
  return 'unknown';
}
