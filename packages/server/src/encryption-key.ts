import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { readOwnerOnlyFile, writeOwnerOnlyFile } from './owner-only-file.ts';
import { SecretError } from './secrets.ts';

/**
 * The key that seals secrets: the configured one, else the one in the data directory, made on first start.
 * @returns 64 hexadecimal digits.
 * @throws {SecretError} when the file holds something else.
 */
export function loadEncryptionKey(configured: string | undefined, dataDir: string, log: Logger): string {
  if (configured) return configured;
  const path = join(dataDir, 'encryption-key');
  const stored = readOwnerOnlyFile(path);
  if (stored === null) {
    const made = randomBytes(32).toString('hex');
    writeOwnerOnlyFile(path, `${made}\n`, 'create');
    log.warn({ path }, 'made an encryption key; keep a copy of the file, sealed secrets are lost without it');
    return made;
  }
  if (!/^[0-9a-f]{64}$/i.test(stored)) {
    throw new SecretError(
      'secret_damaged',
      `${path} does not hold 64 hexadecimal digits. Restore it from a backup; without it, sealed secrets have to be made anew.`,
    );
  }
  return stored.toLowerCase();
}
