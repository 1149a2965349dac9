import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import type { SessionKeys } from './key-derivation.ts';
import type { SrtpProfile } from './profile.ts';

/** Which packet it is, and how much of it stays readable. */
export interface PacketPlace {
  readonly ssrc: number;
  /** 48 bits for RTP (RFC 3711 3.3.1), 31 for RTCP. */
  readonly index: number;
  readonly clearBytes: number;
  /** Authenticated without being encrypted: the rollover counter for RTP, the index word for RTCP. */
  readonly trailer: number;
}

/** Encrypts and authenticates packets of one direction; knows nothing of their order. RTCP packets carry their index word. */
export interface PacketCipher {
  /** What a packet grows by: the tag, and RTCP's index word. */
  readonly overheadBytes: number;
  /** The packet encrypted, with all that follows it, in a new buffer. */
  seal(packet: Uint8Array, place: PacketPlace): Buffer;
  /** Decrypts the packet in place: the first bytes up to the overhead. False, and nothing is changed, when the tag is wrong. */
  open(sealed: Buffer, place: PacketPlace): boolean;
  /** RTCP's index word; the packet is longer than the overhead. */
  trailerOf(sealed: Buffer): number;
}

const WORD_BYTES = 4;

/** @param kind RTCP packets carry their index, RTP packets have it in the header. */
export function packetCipher(profile: SrtpProfile, keys: SessionKeys, kind: 'rtp' | 'rtcp'): PacketCipher {
  const wordBytes = kind === 'rtcp' ? WORD_BYTES : 0;
  const tagBytes = kind === 'rtcp' ? profile.rtcpTagBytes : profile.rtpTagBytes;
  return profile.kind === 'gcm'
    ? new GcmCipher(keys, wordBytes, tagBytes)
    : new CounterModeCipher(keys, wordBytes, tagBytes);
}

/** AES in counter mode with HMAC-SHA1 (RFC 3711 4.1.1, 4.2.1); the tag comes last. */
class CounterModeCipher implements PacketCipher {
  readonly overheadBytes: number;
  readonly #keys: SessionKeys;
  readonly #wordBytes: number;
  readonly #tagBytes: number;
  readonly #vector = Buffer.alloc(16);
  readonly #trailer = Buffer.alloc(WORD_BYTES);

  constructor(keys: SessionKeys, wordBytes: number, tagBytes: number) {
    this.#keys = keys;
    this.#wordBytes = wordBytes;
    this.#tagBytes = tagBytes;
    this.overheadBytes = wordBytes + tagBytes;
  }

  seal(packet: Uint8Array, place: PacketPlace): Buffer {
    const { length } = packet;
    const sealed = Buffer.allocUnsafe(length + this.overheadBytes);
    sealed.set(packet.subarray(0, place.clearBytes));
    sealed.set(this.#crypt(packet.subarray(place.clearBytes), place), place.clearBytes);
    if (this.#wordBytes > 0) sealed.writeUInt32BE(place.trailer, length);
    const tag = this.#tag(sealed.subarray(0, length), place.trailer);
    tag.copy(sealed, length + this.#wordBytes, 0, this.#tagBytes);
    return sealed;
  }

  open(sealed: Buffer, place: PacketPlace): boolean {
    const packet = sealed.subarray(0, sealed.length - this.overheadBytes);
    const tag = sealed.subarray(sealed.length - this.#tagBytes);
    if (!timingSafeEqual(this.#tag(packet, place.trailer).subarray(0, this.#tagBytes), tag)) return false;
    packet.set(this.#crypt(packet.subarray(place.clearBytes), place), place.clearBytes);
    return true;
  }

  trailerOf(sealed: Buffer): number {
    return sealed.readUInt32BE(sealed.length - this.overheadBytes);
  }

  #crypt(bytes: Uint8Array, { ssrc, index }: PacketPlace): Buffer {
    const vector = this.#vector;
    vector.fill(0);
    this.#keys.salt.copy(vector);
    vector.writeUInt32BE((vector.readUInt32BE(4) ^ ssrc) >>> 0, 4);
    xorIndex(vector, 8, index);
    return createCipheriv('aes-128-ctr', this.#keys.encryptionKey, vector).update(bytes);
  }

  #tag(packet: Uint8Array, trailer: number): Buffer {
    this.#trailer.writeUInt32BE(trailer);
    return createHmac('sha1', this.#keys.authenticationKey).update(packet).update(this.#trailer).digest();
  }
}

/** AES in Galois counter mode (RFC 7714 8 for RTP, 9 for RTCP, whose index word comes last). */
class GcmCipher implements PacketCipher {
  readonly overheadBytes: number;
  readonly #keys: SessionKeys;
  readonly #name: 'aes-128-gcm' | 'aes-256-gcm';
  readonly #wordBytes: number;
  readonly #vector = Buffer.alloc(12);
  readonly #trailer = Buffer.alloc(WORD_BYTES);

  constructor(keys: SessionKeys, wordBytes: number, tagBytes: number) {
    this.#keys = keys;
    this.#name = keys.encryptionKey.length === 32 ? 'aes-256-gcm' : 'aes-128-gcm';
    this.#wordBytes = wordBytes;
    this.overheadBytes = wordBytes + tagBytes;
  }

  seal(packet: Uint8Array, place: PacketPlace): Buffer {
    const { length } = packet;
    const cipher = createCipheriv(this.#name, this.#keys.encryptionKey, this.#vectorFor(place));
    cipher.setAAD(this.#readable(packet, place));
    const encrypted = cipher.update(packet.subarray(place.clearBytes));
    cipher.final();
    const sealed = Buffer.allocUnsafe(length + this.overheadBytes);
    sealed.set(packet.subarray(0, place.clearBytes));
    encrypted.copy(sealed, place.clearBytes);
    cipher.getAuthTag().copy(sealed, length);
    if (this.#wordBytes > 0) sealed.writeUInt32BE(place.trailer, sealed.length - WORD_BYTES);
    return sealed;
  }

  open(sealed: Buffer, place: PacketPlace): boolean {
    const length = sealed.length - this.overheadBytes;
    const decipher = createDecipheriv(this.#name, this.#keys.encryptionKey, this.#vectorFor(place));
    decipher.setAuthTag(sealed.subarray(length, sealed.length - this.#wordBytes));
    decipher.setAAD(this.#readable(sealed, place));
    const decrypted = decipher.update(sealed.subarray(place.clearBytes, length));
    try {
      decipher.final();
    } catch {
      return false;
    }
    decrypted.copy(sealed, place.clearBytes);
    return true;
  }

  trailerOf(sealed: Buffer): number {
    return sealed.readUInt32BE(sealed.length - WORD_BYTES);
  }

  /** The associated data: what stays readable, and RTCP's index word; RTP's rollover counter is in the vector. */
  #readable(packet: Uint8Array, { clearBytes, trailer }: PacketPlace): Uint8Array {
    const clear = packet.subarray(0, clearBytes);
    if (this.#wordBytes === 0) return clear;
    this.#trailer.writeUInt32BE(trailer);
    return Buffer.concat([clear, this.#trailer]);
  }

  /** RFC 7714 8.1 and 9.1: the index takes the last six bytes, of which RTCP's needs four. */
  #vectorFor({ ssrc, index }: PacketPlace): Buffer {
    const vector = this.#vector;
    this.#keys.salt.copy(vector);
    vector.writeUInt32BE((vector.readUInt32BE(2) ^ ssrc) >>> 0, 2);
    xorIndex(vector, 6, index);
    return vector;
  }
}

/** In two parts: the bit operators take 32 bits. */
function xorIndex(vector: Buffer, at: number, index: number): void {
  const high = Math.floor(index / 0x1_0000_0000);
  const low = index % 0x1_0000_0000;
  vector.writeUInt16BE(vector.readUInt16BE(at) ^ high, at);
  vector.writeUInt32BE((vector.readUInt32BE(at + 2) ^ low) >>> 0, at + 2);
}
