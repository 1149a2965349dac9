import { createCipheriv } from 'node:crypto';
import type { SrtpProfile } from './profile.ts';

/** Keys of one direction for RTP or for RTCP. */
export interface SessionKeys {
  readonly encryptionKey: Buffer;
  /** 14 bytes for counter mode, 12 for GCM. */
  readonly salt: Buffer;
  /** HMAC-SHA1 key; empty for GCM, which authenticates by itself. */
  readonly authenticationKey: Buffer;
}

/** RFC 3711 4.3.2: RTCP's labels follow RTP's. */
const FIRST_LABEL = { rtp: 0, rtcp: 3 };

/** RFC 3711 5.2. */
const AUTHENTICATION_KEY_BYTES = 20;

/** RFC 3711 4.3.1: the derivation works on 112 bits of salt. */
const DERIVATION_SALT_BYTES = 14;

/**
 * Session keys from the master key (RFC 3711 4.3, key derivation rate 0; RFC 6188 for 256 bits; RFC 7714 11 with erratum
 * 4938: a 96-bit salt is followed by zeros).
 */
export function deriveKeys(
  profile: SrtpProfile,
  master: { readonly key: Uint8Array; readonly salt: Uint8Array },
  kind: 'rtp' | 'rtcp',
): SessionKeys {
  const label = FIRST_LABEL[kind];
  const authenticationBytes = profile.kind === 'gcm' ? 0 : AUTHENTICATION_KEY_BYTES;
  return {
    encryptionKey: derive(master, label, profile.keyBytes),
    authenticationKey: derive(master, label + 1, authenticationBytes),
    salt: derive(master, label + 2, profile.saltBytes),
  };
}

/** RFC 3711 4.3.3: AES in counter mode from the salt with the label in its eighth byte. */
function derive(
  { key, salt }: { readonly key: Uint8Array; readonly salt: Uint8Array },
  label: number,
  bytes: number,
): Buffer {
  const counter = Buffer.alloc(16);
  counter.set(salt.subarray(0, DERIVATION_SALT_BYTES));
  counter.writeUInt8(counter.readUInt8(7) ^ label, 7);
  return createCipheriv(key.length === 32 ? 'aes-256-ctr' : 'aes-128-ctr', key, counter).update(Buffer.alloc(bytes));
}
