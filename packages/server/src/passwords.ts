import { argon2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

/** OWASP's smallest recommendation for Argon2id (19 MiB, 2 passes, 1 lane): a login then takes some 20 ms of one core. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 };
/** RFC 9106 section 3.1: 128 bits of salt and 256 bits of tag are enough for every use. */
const saltBytes = 16;
const tagBytes = 32;
/** RFC 9106: version 1.3. */
const version = 19;

const derive = promisify(argon2);

/** Argon2id as a PHC string: `$argon2id$v=19$m=...,t=...,p=...$salt$tag`. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(saltBytes);
  const tag = await derive('argon2id', { message: password, nonce, tagLength: tagBytes, ...cost });
  const { memory, passes, parallelism } = cost;
  return `$argon2id$v=${version}$m=${memory},t=${passes},p=${parallelism}$${unpadded(nonce)}$${unpadded(tag)}`;
}

/** The PHC string format has base 64 without padding. */
function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
