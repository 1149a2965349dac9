/**
 * A text of its own for what outlives its message. The engine keeps pieces of a text, and texts put together of pieces, as
 * views: a branch of 30 characters would keep the whole head of its message for 32 s.
 * @returns one character for each byte of UTF-8, so different texts stay different; for keys, not for the wire.
 */
export function ownText(text: string): string {
  return Buffer.from(text).toString('latin1');
}
