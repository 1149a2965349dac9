import { randomBytes } from 'node:crypto';
import { deriveKeys } from './key-derivation.ts';
import { type PacketCipher, packetCipher } from './packet-cipher.ts';
import { type SrtpSuite, srtpProfiles } from './profile.ts';

/** What one side encrypts with, as SDP carries it. */
export interface SrtpKey {
  readonly suite: SrtpSuite;
  /** Master key and salt, one behind the other. */
  readonly keyAndSalt: Uint8Array;
}

/** A fresh random key for what we send. */
export function newSrtpKey(suite: SrtpSuite): SrtpKey {
  const { keyBytes, saltBytes } = srtpProfiles[suite];
  return { suite, keyAndSalt: randomBytes(keyBytes + saltBytes) };
}

/** `inline:` and the key in base64 (RFC 4568 9.2). */
export function writeInlineKey({ keyAndSalt }: SrtpKey): string {
  return `inline:${Buffer.from(keyAndSalt).toString('base64')}`;
}

/**
 * The key of an `a=crypto` line. A lifetime behind it is read past: calls end long before 2^31 packets. Undefined when the
 * key has the wrong length, or a master key identifier that would lengthen every packet.
 */
export function readInlineKey(suite: SrtpSuite, keyParameters: string): SrtpKey | undefined {
  const [method, key = '', ...others] = keyParameters.split(/[:|]/, 4);
  const { keyBytes, saltBytes } = srtpProfiles[suite];
  // A lifetime is `2^n` or a number; an identifier is `value:length`, which the split above cuts in two.
  if (method !== 'inline' || !/^[A-Za-z0-9+/]+={0,2}$/.test(key) || others.length > 1) return undefined;
  const keyAndSalt = Buffer.from(key, 'base64');
  return keyAndSalt.length === keyBytes + saltBytes ? { suite, keyAndSalt } : undefined;
}

export function cipherFor({ suite, keyAndSalt }: SrtpKey, kind: 'rtp' | 'rtcp'): PacketCipher {
  const profile = srtpProfiles[suite];
  const master = { key: keyAndSalt.subarray(0, profile.keyBytes), salt: keyAndSalt.subarray(profile.keyBytes) };
  return packetCipher(profile, deriveKeys(profile, master, kind), kind);
}
