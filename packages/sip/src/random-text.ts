import { randomFillSync } from 'node:crypto';

/** Asking the system for few bytes costs as much as for many. */
const RESERVE_BYTES = 4096;

const reserve = Buffer.alloc(RESERVE_BYTES);
let taken = RESERVE_BYTES;

/** That many random bytes in hex, for tags and branches (RFC 3261 19.3 asks for 32 bits at least). */
export function randomText(bytes: number): string {
  if (taken + bytes > RESERVE_BYTES) {
    randomFillSync(reserve);
    taken = 0;
  }
  taken += bytes;
  return reserve.toString('hex', taken - bytes, taken);
}
