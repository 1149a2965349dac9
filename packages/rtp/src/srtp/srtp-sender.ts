import { cipherFor, type SrtpKey } from './master-key.ts';
import type { PacketCipher } from './packet-cipher.ts';
import { PacketIndex } from './packet-index.ts';
import { clearRtpBytes, RTCP_CLEAR_BYTES, RTCP_ENCRYPTED, RTCP_INDICES } from './srtp-layout.ts';

/** Where a sender stands, for another process that goes on with the same key. */
export interface SrtpSenderSnapshot {
  readonly newestIndex: number;
  readonly rtcpIndex: number;
}

/** Encrypts the packets of one SSRC of ours (RFC 3711 3.3, 3.4). */
export class SrtpSender {
  readonly #rtp: PacketCipher;
  readonly #rtcp: PacketCipher;
  readonly #index = new PacketIndex();
  #rtcpIndex = 0;

  constructor(key: SrtpKey) {
    this.#rtp = cipherFor(key, 'rtp');
    this.#rtcp = cipherFor(key, 'rtcp');
  }

  /** @param packet a whole RTP packet that we made. */
  protect(packet: Buffer): Buffer {
    const index = this.#index.of(packet.readUInt16BE(2));
    this.#index.note(index);
    const clearBytes = clearRtpBytes(packet) ?? packet.length;
    return this.#rtp.seal(packet, {
      ssrc: packet.readUInt32BE(8),
      index,
      clearBytes,
      trailer: Math.floor(index / 0x1_0000),
    });
  }

  /** @param packet a whole compound RTCP packet that we made. */
  protectRtcp(packet: Buffer): Buffer {
    this.#rtcpIndex = (this.#rtcpIndex + 1) % RTCP_INDICES;
    return this.#rtcp.seal(packet, {
      ssrc: packet.readUInt32BE(4),
      index: this.#rtcpIndex,
      clearBytes: RTCP_CLEAR_BYTES,
      trailer: (this.#rtcpIndex | RTCP_ENCRYPTED) >>> 0,
    });
  }

  snapshot(): SrtpSenderSnapshot {
    return { newestIndex: this.#index.newest, rtcpIndex: this.#rtcpIndex };
  }

  restore({ newestIndex, rtcpIndex }: SrtpSenderSnapshot): void {
    this.#index.restore(newestIndex);
    this.#rtcpIndex = rtcpIndex;
  }
}
