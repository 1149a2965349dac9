/** Files that grow at their end while a call goes on, and whose beginning is written once more when it is over. */
import { type FileHandle, open } from 'node:fs/promises';

export interface ByteFile {
  /** What is appended may wait in memory, a chunk of an encrypted file at most. */
  append(bytes: Uint8Array): Promise<void>;
  /** Nothing waits any more; to be called before the content is read or closed. */
  flush(): Promise<void>;
  /** Puts other bytes in the place of the first ones. */
  overwriteStart(bytes: Uint8Array): Promise<void>;
  /** Bytes of the content. */
  readonly bytes: number;
  /** @returns less than wanted only at the end. */
  read(from: number, to: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** @param flags `w+` for a new file, `r+` to go on with one. */
export async function openPlainFile(path: string, flags: 'w+' | 'r+'): Promise<ByteFile> {
  const file = await open(path, flags, 0o600);
  let bytes = flags === 'w+' ? 0 : (await file.stat()).size;
  return {
    async append(more) {
      try {
        await writeFully(file, more, bytes);
      } catch (error) {
        // A full disk may have taken half of it.
        await file.truncate(bytes).catch(() => undefined);
        throw error;
      }
      bytes += more.length;
    },
    flush: async () => {},
    overwriteStart: (start) => writeFully(file, start, 0),
    get bytes() {
      return bytes;
    },
    read: (from, to) => readFully(file, from, to),
    close: () => file.close(),
  };
}

/** A disk may take less than asked for. */
export async function writeFully(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let from = 0; from < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, from, bytes.length - from, position + from);
    from += bytesWritten;
  }
}

export async function readFully(file: FileHandle, from: number, to: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(Math.max(0, to - from));
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, from + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
