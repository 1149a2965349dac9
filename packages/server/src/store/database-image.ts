import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';

/** Made by tools/build-database-image.mjs; its name carries the PGlite version whose initdb made it. */
export const databaseImage = fileURLToPath(new URL('../../image/pglite-0.5.16.tar.br', import.meta.url));

/** POSIX 1003.1 ustar: header blocks and file contents are padded to this. */
const blockBytes = 512;

/**
 * Puts a fresh database at `directory` unless one is there. Unpacked beside it and renamed, so that a crash or a full
 * disk in between never leaves half a database under the real name. Synchronous: call it on the database's own thread.
 */
export function installDatabaseImage(directory: string): void {
  if (existsSync(directory)) return;
  const partial = `${directory}.partial`;
  rmSync(partial, { recursive: true, force: true });
  try {
    unpack(brotliDecompressSync(readFileSync(databaseImage)), partial);
    renameSync(partial, directory);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw error;
  }
}

/** Modes are ours, not the archive's: the data directory is readable by its owner only, as PostgreSQL demands. */
function unpack(tar: Buffer, directory: string): void {
  mkdirSync(directory, { mode: 0o700 });
  for (let offset = 0; offset + blockBytes <= tar.length && tar[offset] !== 0; ) {
    const name = field(tar, offset, 100);
    const size = Number.parseInt(field(tar, offset + 124, 12), 8) || 0;
    const type = field(tar, offset + 156, 1);
    const path = join(directory, name);
    if (type === '5') mkdirSync(path, { recursive: true, mode: 0o700 });
    else writeFileSync(path, tar.subarray(offset + blockBytes, offset + blockBytes + size), { mode: 0o600 });
    offset += blockBytes + Math.ceil(size / blockBytes) * blockBytes;
  }
}

/** A NUL-terminated header field. */
function field(tar: Buffer, offset: number, length: number): string {
  return tar
    .toString('latin1', offset, offset + length)
    .replace(/\0.*$/s, '')
    .trim();
}
