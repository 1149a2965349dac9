/** The one stretch of a file that somebody asks for (RFC 9110 section 14). */
export interface ByteRange {
  readonly from: number;
  /** The byte after the last one. */
  readonly to: number;
}

/**
 * @param header of the request; several stretches at once are answered with the whole, as is what cannot be read
 * (RFC 9110 14.2).
 * @returns undefined for the whole; `unsatisfiable` when the file has no such bytes.
 */
export function readByteRange(header: string | undefined, bytes: number): ByteRange | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (!match) return undefined;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return undefined;
  if (first === '') {
    const count = Math.min(Number(last), bytes);
    return count === 0 ? 'unsatisfiable' : { from: bytes - count, to: bytes };
  }
  const from = Number(first);
  if (last !== '' && Number(last) < from) return undefined;
  if (from >= bytes) return 'unsatisfiable';
  return { from, to: last === '' ? bytes : Math.min(Number(last) + 1, bytes) };
}
