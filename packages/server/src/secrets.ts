import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** A sealed text that cannot be opened. */
export class SecretError extends Error {
  readonly code: 'secret_other_key' | 'secret_damaged';
  readonly errorClass = 'theirs';

  constructor(code: SecretError['code'], message: string) {
    super(message);
    this.name = 'SecretError';
    this.code = code;
  }
}

/** Seals short texts for the database. `recordId` binds a sealed text to its row: moved to another, it does not open. */
export interface Secrets {
  seal(text: string, recordId: string): string;
  /** @throws {SecretError} sealed with another ENCRYPTION_KEY, changed, or moved from another record. */
  open(sealed: string, recordId: string): string;
}

const cipher = 'aes-256-gcm';
/** NIST SP 800-38D, 5.2.1.1: 96 bits are the recommended length. */
const nonceBytes = 12;
const tagBytes = 16;
const dataKeyBytes = 32;

/**
 * Envelope encryption: a random data key for each record encrypts the text and is itself encrypted by the key of the
 * installation, so that a change of that key rewraps 32 bytes for each record, and no nonce is ever reused under a data key.
 * Format: `v1.<key id>.<wrapped data key>.<encrypted text>`, the last two base64url of nonce, ciphertext and tag.
 * @param encryptionKey 64 hexadecimal digits.
 */
export function createSecrets(encryptionKey: string): Secrets {
  const key = Buffer.from(encryptionKey, 'hex');
  if (key.length !== dataKeyBytes) throw new RangeError('The encryption key must be 64 hexadecimal digits.');
  // Names the key without telling anything about it.
  const keyId = createHash('sha256').update('dialplane key id').update(key).digest('hex').slice(0, 8);

  return {
    seal(text, recordId) {
      const dataKey = randomBytes(dataKeyBytes);
      const wrapped = encrypt(key, dataKey, recordId);
      const body = encrypt(dataKey, Buffer.from(text, 'utf8'), recordId);
      return ['v1', keyId, wrapped.toString('base64url'), body.toString('base64url')].join('.');
    },
    open(sealed, recordId) {
      const [version, sealedWith, wrapped = '', body = ''] = sealed.split('.');
      if (version === 'v1' && sealedWith !== keyId) {
        throw new SecretError(
          'secret_other_key',
          `A secret was sealed with encryption key ${sealedWith}, this server has ${keyId}. Start it with the former ENCRYPTION_KEY.`,
        );
      }
      try {
        if (version !== 'v1') throw new RangeError('unknown format');
        const dataKey = decrypt(key, Buffer.from(wrapped, 'base64url'), recordId);
        return decrypt(dataKey, Buffer.from(body, 'base64url'), recordId).toString('utf8');
      } catch {
        throw new SecretError(
          'secret_damaged',
          'A secret in the database was changed or belongs to another record. Restore the row from a backup, or make it anew.',
        );
      }
    },
  };
}

function encrypt(key: Buffer, text: Buffer, recordId: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const sealing = createCipheriv(cipher, key, nonce).setAAD(Buffer.from(recordId, 'utf8'));
  return Buffer.concat([nonce, sealing.update(text), sealing.final(), sealing.getAuthTag()]);
}

function decrypt(key: Buffer, sealed: Buffer, recordId: string): Buffer {
  const nonce = sealed.subarray(0, nonceBytes);
  const tag = sealed.subarray(sealed.length - tagBytes);
  const opening = createDecipheriv(cipher, key, nonce, { authTagLength: tagBytes }).setAAD(
    Buffer.from(recordId, 'utf8'),
  );
  opening.setAuthTag(tag);
  return Buffer.concat([opening.update(sealed.subarray(nonceBytes, sealed.length - tagBytes)), opening.final()]);
}
