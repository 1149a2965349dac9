import { MAX_BODY_BYTES, MAX_HEAD_BYTES } from '../message/limits.ts';

const CR = 0x0d;
const LF = 0x0a;

/** Room for one ordinary message; grows by doubling up to the limits. */
const INITIAL_BYTES = 4096;

export interface FramingHandlers {
  /** One whole message, in a buffer of its own. */
  message(bytes: Buffer): void;
  /** Two line ends between messages: the peer asks whether we are there (RFC 5626 3.5.1). */
  ping(): void;
}

/** The stream cannot be cut into messages any more. */
class FramingError extends Error {
  override readonly name = 'FramingError';
}

/** Cuts a stream into messages by Content-Length (RFC 3261 18.3), whatever the segments are. */
export class StreamFraming {
  readonly #handlers: FramingHandlers;
  #buffer = Buffer.allocUnsafe(INITIAL_BYTES);
  #length = 0;
  /** Up to here no end of headers was found. */
  #searched = 0;
  #messageLength: number | undefined;

  constructor(handlers: FramingHandlers) {
    this.#handlers = handlers;
  }

  /** Bytes of a message that is not complete. */
  get pendingBytes(): number {
    return this.#length;
  }

  /** @throws FramingError when the connection has to be closed. */
  push(chunk: Buffer): void {
    this.#append(chunk);
    for (;;) {
      if (this.#messageLength === undefined) {
        this.#skipLineEnds();
        this.#messageLength = this.#findLength();
      }
      if (this.#messageLength === undefined || this.#length < this.#messageLength) return;
      const message = Buffer.from(this.#buffer.subarray(0, this.#messageLength));
      this.#consume(this.#messageLength);
      this.#messageLength = undefined;
      this.#handlers.message(message);
    }
  }

  #append(chunk: Buffer): void {
    const needed = this.#length + chunk.length;
    if (needed > this.#buffer.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2));
      this.#buffer.copy(grown, 0, 0, this.#length);
      this.#buffer = grown;
    }
    chunk.copy(this.#buffer, this.#length);
    this.#length = needed;
  }

  #consume(bytes: number): void {
    this.#buffer.copy(this.#buffer, 0, bytes, this.#length);
    this.#length -= bytes;
    this.#searched = 0;
    // One large message must not keep its room for the life of the connection.
    if (this.#length === 0 && this.#buffer.length > 4 * INITIAL_BYTES) this.#buffer = Buffer.allocUnsafe(INITIAL_BYTES);
  }

  #skipLineEnds(): void {
    let skipped = 0;
    while (skipped + 1 < this.#length && this.#buffer[skipped] === CR && this.#buffer[skipped + 1] === LF) {
      skipped += 2;
    }
    // One answer for however many pings came at once.
    if (skipped >= 4) this.#handlers.ping();
    if (skipped > 0) this.#consume(skipped);
  }

  /** Whole length of the message at the front, once its headers are complete. */
  #findLength(): number | undefined {
    const data = this.#buffer.subarray(0, this.#length);
    if (isNoText(data[0])) throw new FramingError('not a text protocol, such as TLS on the plain port');
    const end = data.indexOf('\r\n\r\n', Math.max(0, this.#searched - 3));
    if ((end < 0 ? this.#length : end) > MAX_HEAD_BYTES) throw new FramingError('headers without end');
    this.#searched = this.#length;
    if (end < 0) return undefined;
    return end + 4 + contentLength(data.toString('latin1', 0, end));
  }
}

/** No message begins with a control character or beyond ASCII: who speaks TLS here must not wait for an answer. */
function isNoText(first: number | undefined): boolean {
  return first !== undefined && first !== CR && first !== LF && (first < 0x20 || first > 0x7e);
}

function contentLength(head: string): number {
  let found: string | undefined;
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trimEnd().toLowerCase();
    if (name !== 'content-length' && name !== 'l') continue;
    const value = line.slice(colon + 1).trim();
    if (found !== undefined && found !== value) throw new FramingError('two different Content-Length headers');
    found = value;
  }
  if (found === undefined || !/^\d{1,9}$/.test(found)) throw new FramingError('no usable Content-Length on a stream');
  if (Number(found) > MAX_BODY_BYTES) throw new FramingError('body too large');
  return Number(found);
}
