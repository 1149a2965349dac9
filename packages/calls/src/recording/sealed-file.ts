import { open } from 'node:fs/promises';
import { type ByteFile, readFully, writeFully } from './byte-file.ts';
import type { RecordingSeal } from './plan.ts';
import { chunkBytes, chunkPosition, contentBytes, readSealed, sealChunk, sealedHead } from './sealed-layout.ts';

/**
 * A growing file of encrypted chunks. A chunk is written when it is full, or by `flush`, and then once more.
 * @param id what the chunks are bound to.
 * @param flags `w+` for a new file, `r+` to go on with one.
 */
export async function openSealedFile(
  path: string,
  flags: 'w+' | 'r+',
  { key, sealedKey }: RecordingSeal,
  id: string,
): Promise<ByteFile> {
  const file = await open(path, flags, 0o600);
  const readFile = (from: number, to: number) => readFully(file, from, to);
  const read = (from: number, to: number) => readSealed({ key, id }, readFile, from, to);
  let bytes = 0;
  let written = 0;
  const chunk = new Uint8Array(chunkBytes);
  try {
    if (flags === 'w+') {
      await writeFully(file, sealedHead(sealedKey), 0);
    } else {
      bytes = contentBytes((await file.stat()).size);
      written = bytes;
      chunk.set(await read(bytes - (bytes % chunkBytes), bytes));
    }
  } catch (error) {
    await file.close();
    throw error;
  }

  async function writeChunk(index: number, content: Uint8Array): Promise<void> {
    try {
      await writeFully(file, sealChunk(key, id, index, content), chunkPosition(index));
    } catch (error) {
      // Half a chunk cannot be opened; a full disk may have taken half of it.
      await file.truncate(chunkPosition(index)).catch(() => undefined);
      bytes = index * chunkBytes;
      written = bytes;
      throw error;
    }
    written = index * chunkBytes + content.length;
  }

  async function flush(): Promise<void> {
    if (written === bytes) return;
    await writeChunk(Math.floor(bytes / chunkBytes), chunk.subarray(0, bytes % chunkBytes));
  }

  return {
    async append(more) {
      for (let from = 0; from < more.length; ) {
        const filled = bytes % chunkBytes;
        const part = more.subarray(from, from + chunkBytes - filled);
        chunk.set(part, filled);
        if (filled + part.length === chunkBytes) await writeChunk(Math.floor(bytes / chunkBytes), chunk);
        from += part.length;
        bytes += part.length;
      }
    },
    flush,
    async overwriteStart(start) {
      await flush();
      const content = Uint8Array.from(await read(0, Math.min(bytes, chunkBytes)));
      content.set(start);
      if (bytes < chunkBytes) chunk.set(start);
      // In its place and of its length: it needs no more room.
      await writeFully(file, sealChunk(key, id, 0, content), chunkPosition(0));
    },
    get bytes() {
      return bytes;
    },
    read,
    close: () => file.close(),
  };
}
