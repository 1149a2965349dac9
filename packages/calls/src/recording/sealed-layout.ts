/**
 * Encrypted recordings: a head with the sealed key, then chunks that are encrypted one by one (AES-256-GCM, NIST SP 800-38D),
 * so that any stretch can be read without the rest. A chunk is a fresh nonce, the encrypted bytes and the tag; recording and
 * place are authenticated with it: chunks cannot be exchanged.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const magic = 'DPSEAL01';
/** Magic, two bytes of length, the sealed key, zeros. */
export const sealedHeadBytes = 512;
/** A second of G.711 in two channels: what is read too much for a short range is little. */
export const chunkBytes = 16_384;
/** SP 800-38D 5.2.1.1: 96 bits are the recommended length. */
const nonceBytes = 12;
const tagBytes = 16;
const sealedChunkBytes = chunkBytes + nonceBytes + tagBytes;
const cipher = 'aes-256-gcm';

export class SealedFileError extends Error {
  readonly code = 'recording_damaged';
  readonly errorClass = 'theirs';

  constructor(id: string, cause?: unknown) {
    super(`The recording ${id} was changed or cut off. Restore its file from a backup.`, { cause });
    this.name = 'SealedFileError';
  }
}

export function sealedHead(sealedKey: string): Uint8Array {
  const head = Buffer.alloc(sealedHeadBytes);
  head.write(magic, 0, 'latin1');
  head.writeUInt16LE(sealedKey.length, magic.length);
  if (head.write(sealedKey, magic.length + 2, 'latin1') !== sealedKey.length) {
    throw new RangeError('The sealed key is too long.');
  }
  return head;
}

/** @throws {SealedFileError} when it is no head. */
export function sealedKeyIn(id: string, bytes: Uint8Array): string {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (head.length < sealedHeadBytes || head.toString('latin1', 0, magic.length) !== magic)
    throw new SealedFileError(id);
  const length = head.readUInt16LE(magic.length);
  return head.toString('latin1', magic.length + 2, magic.length + 2 + length);
}

/** Bytes of content in a file of this size. */
export function contentBytes(fileBytes: number): number {
  const sealed = Math.max(0, fileBytes - sealedHeadBytes);
  return sealed - Math.ceil(sealed / sealedChunkBytes) * (nonceBytes + tagBytes);
}

export const chunkPosition = (index: number): number => sealedHeadBytes + index * sealedChunkBytes;

export function sealChunk(key: Uint8Array, id: string, index: number, content: Uint8Array): Uint8Array {
  const nonce = randomBytes(nonceBytes);
  const sealing = createCipheriv(cipher, key, nonce).setAAD(Buffer.from(`${id}:${index}`));
  return Buffer.concat([nonce, sealing.update(content), sealing.final(), sealing.getAuthTag()]);
}

/** @throws {SealedFileError} */
function openChunk(key: Uint8Array, id: string, index: number, sealed: Uint8Array): Uint8Array {
  try {
    const opening = createDecipheriv(cipher, key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes });
    opening.setAAD(Buffer.from(`${id}:${index}`)).setAuthTag(sealed.subarray(sealed.length - tagBytes));
    const content = opening.update(sealed.subarray(nonceBytes, sealed.length - tagBytes));
    return Buffer.concat([content, opening.final()]);
  } catch (cause) {
    throw new SealedFileError(id, cause);
  }
}

/**
 * Content of a sealed file from anywhere.
 * @param read bytes of the file.
 * @throws {SealedFileError}
 */
export async function readSealed(
  { key, id }: { readonly key: Uint8Array; readonly id: string },
  read: (from: number, to: number) => Promise<Uint8Array>,
  from: number,
  to: number,
): Promise<Uint8Array> {
  if (to <= from) return new Uint8Array(0);
  const first = Math.floor(from / chunkBytes);
  const last = Math.floor((to - 1) / chunkBytes);
  const sealed = await read(chunkPosition(first), chunkPosition(last + 1));
  const parts: Uint8Array[] = [];
  for (let index = first; index <= last; index++) {
    const at = (index - first) * sealedChunkBytes;
    if (at >= sealed.length) break;
    parts.push(openChunk(key, id, index, sealed.subarray(at, at + sealedChunkBytes)));
  }
  return Buffer.concat(parts).subarray(from - first * chunkBytes, to - first * chunkBytes);
}
