import type { PageKey } from '../store/newest-first.ts';
import { isUuid } from '../uuid.ts';
import { Problem } from './problem.ts';

/**
 * A cursor is the sort key of the last item of a page: the next page begins behind it, whatever was added meanwhile.
 * To clients it is opaque text.
 */
export function writeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key), 'utf8').toString('base64url');
}

/**
 * @param read turns the parts into a sort key, or null when they are not one.
 * @throws {Problem} `cursor_invalid`.
 */
export function readCursor<Key>(cursor: string, read: (parts: readonly unknown[]) => Key | null): Key {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    parts = null;
  }
  const key = Array.isArray(parts) ? read(parts) : null;
  if (key === null) {
    throw new Problem(
      'cursor_invalid',
      'The cursor is not one of ours. Use `next` of the page before, unchanged, or leave it out.',
      [{ in: 'query', pointer: '/cursor', code: 'cursor_invalid', detail: 'must be `next` of the page before' }],
    );
  }
  return key;
}

/** A date of a cursor's part; null when it is none. */
export function cursorDate(part: unknown): Date | null {
  const date = typeof part === 'string' ? new Date(part) : null;
  return date && !Number.isNaN(date.getTime()) ? date : null;
}

/** `next` of a list that is read newest first. */
export function writePageKey(key: PageKey | null): string | null {
  return key && writeCursor([key.createdAt.toISOString(), key.id]);
}

/** @throws {Problem} `cursor_invalid`. */
export function readPageKey(cursor: string | undefined): PageKey | null {
  if (!cursor) return null;
  return readCursor(cursor, ([createdAt, id]) => {
    const date = cursorDate(createdAt);
    return date && isUuid(id) ? { createdAt: date, id } : null;
  });
}
