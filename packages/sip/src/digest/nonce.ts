import { createHmac, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';

/** Six bytes of milliseconds last until the year 10889. */
const TIME_BYTES = 6;

/** Tells the nonces of one millisecond apart; clients that shared one would use up each other's nonce counts. */
const COUNT_BYTES = 4;

/** Half of SHA-256: far beyond guessing (RFC 2104 5 allows to truncate), and the challenge stays short. */
const MAC_BYTES = 16;

/** Counts on from a random number, so that two processes hardly ever give out the same pair of time and count. */
let count = randomBytes(COUNT_BYTES).readUInt32BE(0);

/**
 * A nonce that needs no memory: its time, a count, and a MAC over both and the realm. Every process with the same key can check it.
 * @param wallTimeMs milliseconds since 1970, so that processes agree.
 */
export function makeNonce(key: KeyObject, realm: string, wallTimeMs: number): string {
  const stamp = Buffer.alloc(TIME_BYTES + COUNT_BYTES);
  stamp.writeUIntBE(Math.floor(wallTimeMs), 0, TIME_BYTES);
  count = (count + 1) >>> 0;
  stamp.writeUInt32BE(count, TIME_BYTES);
  return Buffer.concat([stamp, mac(key, realm, stamp)]).toString('base64url');
}

/** `forged` also stands for a nonce that another key or realm made. */
export function judgeNonce(
  nonce: string,
  options: { key: KeyObject; realm: string; wallTimeMs: number; lifetimeMs: number },
): 'valid' | 'expired' | 'forged' {
  const bytes = Buffer.from(nonce, 'base64url');
  if (bytes.length !== TIME_BYTES + COUNT_BYTES + MAC_BYTES) return 'forged';
  const stamp = bytes.subarray(0, TIME_BYTES + COUNT_BYTES);
  if (!timingSafeEqual(bytes.subarray(stamp.length), mac(options.key, options.realm, stamp))) return 'forged';
  const ageMs = options.wallTimeMs - stamp.readUIntBE(0, TIME_BYTES);
  // A nonce from the future comes from a host whose clock runs ahead; it is as good as its distance.
  return Math.abs(ageMs) <= options.lifetimeMs ? 'valid' : 'expired';
}

function mac(key: KeyObject, realm: string, stamp: Buffer): Buffer {
  return createHmac('sha256', key).update(stamp).update(realm).digest().subarray(0, MAC_BYTES);
}
