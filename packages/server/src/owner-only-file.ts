import { closeSync, fchmodSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';

/** Writes a file only its owner can read, replacing an old one's content and flushing it to the disk. */
export function writeOwnerOnlyFile(path: string, text: string, mode: 'create' | 'replace'): void {
  // `wx` fails when the file exists, so two starts at once cannot both believe they made it.
  const file = openSync(path, mode === 'create' ? 'wx' : 'w', 0o600);
  try {
    // The mode above counts for new files only.
    fchmodSync(file, 0o600);
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The file's trimmed text; null when there is none. */
export function readOwnerOnlyFile(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
