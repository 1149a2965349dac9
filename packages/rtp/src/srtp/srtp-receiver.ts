import { cipherFor, type SrtpKey } from './master-key.ts';
import type { PacketCipher } from './packet-cipher.ts';
import { PacketIndex } from './packet-index.ts';
import { clearRtpBytes, RTCP_CLEAR_BYTES, RTCP_ENCRYPTED } from './srtp-layout.ts';

/** Why a packet is not let in. */
export type SrtpFault = 'malformed' | 'replayed' | 'not_authentic';

/** A far end changes its SSRC at a transfer or a restart, each with a count of its own; the oldest is forgotten. */
const MOST_SOURCES = 8;

/** Decrypts what the far end sends (RFC 3711 3.3, 3.4). */
export class SrtpReceiver {
  readonly #rtp: PacketCipher;
  readonly #rtcp: PacketCipher;
  readonly #sources = new Map<number, PacketIndex>();
  readonly #rtcpSources = new Map<number, PacketIndex>();

  constructor(key: SrtpKey) {
    this.#rtp = cipherFor(key, 'rtp');
    this.#rtcp = cipherFor(key, 'rtcp');
  }

  /** Decrypts an RTP packet in place; the packet, or why it is not let in. */
  open(sealed: Buffer): Buffer | SrtpFault {
    const clearBytes = clearRtpBytes(sealed);
    const length = sealed.length - this.#rtp.overheadBytes;
    if (clearBytes === undefined || clearBytes > length) return 'malformed';
    const ssrc = sealed.readUInt32BE(8);
    const source = this.#sources.get(ssrc) ?? new PacketIndex();
    const index = source.of(sealed.readUInt16BE(2));
    if (source.isReplay(index)) return 'replayed';
    if (!this.#rtp.open(sealed, { ssrc, index, clearBytes, trailer: Math.floor(index / 0x1_0000) })) {
      return 'not_authentic';
    }
    source.note(index);
    remember(this.#sources, ssrc, source);
    return sealed.subarray(0, length);
  }

  /** Decrypts a compound RTCP packet in place; the packet, or why it is not let in. */
  openRtcp(sealed: Buffer): Buffer | SrtpFault {
    const length = sealed.length - this.#rtcp.overheadBytes;
    if (length < RTCP_CLEAR_BYTES) return 'malformed';
    const trailer = this.#rtcp.trailerOf(sealed);
    // Encryption of RTCP was never negotiated away (RFC 4568 6.3.2).
    if (trailer < RTCP_ENCRYPTED) return 'malformed';
    const ssrc = sealed.readUInt32BE(4);
    const index = trailer - RTCP_ENCRYPTED;
    const source = this.#rtcpSources.get(ssrc) ?? new PacketIndex();
    if (source.isReplay(index)) return 'replayed';
    if (!this.#rtcp.open(sealed, { ssrc, index, clearBytes: RTCP_CLEAR_BYTES, trailer })) return 'not_authentic';
    source.note(index);
    remember(this.#rtcpSources, ssrc, source);
    return sealed.subarray(0, length);
  }
}

/** Only sources whose packets are authentic are remembered. */
function remember(sources: Map<number, PacketIndex>, ssrc: number, source: PacketIndex): void {
  if (sources.has(ssrc)) return;
  sources.set(ssrc, source);
  const oldest = sources.keys().next();
  if (sources.size > MOST_SOURCES && !oldest.done) sources.delete(oldest.value);
}
