import { createHmac, timingSafeEqual } from 'node:crypto';

/** Six bytes of milliseconds last until the year 10889. */
const TIME_BYTES = 6;

/** Half of SHA-256: far beyond guessing (RFC 2104 5 allows to truncate), and the challenge stays short. */
const MAC_BYTES = 16;

/**
 * A nonce that needs no memory: its time, and a MAC over time and realm. Every process with the same key can check it.
 * @param wallTimeMs milliseconds since 1970, so that processes agree.
 */
export function makeNonce(key: Uint8Array, realm: string, wallTimeMs: number): string {
  const time = Buffer.alloc(TIME_BYTES);
  time.writeUIntBE(Math.floor(wallTimeMs), 0, TIME_BYTES);
  return Buffer.concat([time, mac(key, realm, time)]).toString('base64url');
}

/** `forged` also stands for a nonce that another key or realm made. */
export function judgeNonce(
  nonce: string,
  options: { key: Uint8Array; realm: string; wallTimeMs: number; lifetimeMs: number },
): 'valid' | 'expired' | 'forged' {
  const bytes = Buffer.from(nonce, 'base64url');
  if (bytes.length !== TIME_BYTES + MAC_BYTES) return 'forged';
  const time = bytes.subarray(0, TIME_BYTES);
  if (!timingSafeEqual(bytes.subarray(TIME_BYTES), mac(options.key, options.realm, time))) return 'forged';
  const ageMs = options.wallTimeMs - time.readUIntBE(0, TIME_BYTES);
  // A nonce from the future comes from a host whose clock runs ahead; it is as good as its distance.
  return Math.abs(ageMs) <= options.lifetimeMs ? 'valid' : 'expired';
}

function mac(key: Uint8Array, realm: string, time: Buffer): Buffer {
  return createHmac('sha256', key).update(time).update(realm).digest().subarray(0, MAC_BYTES);
}
