import { parameterOf, parseParameterised } from './content-type.ts';
import { readHeaderBlock } from './header-block.ts';
import { SipHeaders } from './headers.ts';
import { SipParseError } from './parse-error.ts';

/** One body of a message, or one part of a multipart body. */
export interface BodyPart {
  /** Lower case, without parameters; empty when the sender names none. */
  readonly contentType: string;
  /** Content-Encoding in lower case; `identity` when there is none. */
  readonly encoding: string;
  /** What a receiver that does not know the type shall do (RFC 3261 20.11); undefined when the sender does not say. */
  readonly handling: 'required' | 'optional' | undefined;
  /** Headers of the part; those of the message for a body that is no multipart. */
  readonly headers: SipHeaders;
  /** A view into the received bytes, not a copy. */
  readonly bytes: Buffer;
}

/** An INVITE of a carrier has three parts at most (SDP, ISUP, PIDF); more of them only cost time. */
const MAX_PARTS = 16;

/** multipart/mixed inside multipart/related is seen from emergency services; deeper is nothing but an attack. */
const MAX_DEPTH = 3;

/** RFC 2046 5.1.1. */
const MAX_BOUNDARY_CHARACTERS = 70;

const CR = 0x0d;
const LF = 0x0a;
const HYPHEN = 0x2d;

/**
 * All bodies of a message in their order (RFC 5621 3, RFC 2046 5.1); a nested multipart is opened. Empty for a message
 * without a body.
 * @throws SipParseError when a multipart body cannot be taken apart.
 */
export function bodyParts(message: { readonly headers: SipHeaders; readonly body: Buffer }): readonly BodyPart[] {
  if (message.body.length === 0) return [];
  const parts: BodyPart[] = [];
  collect(message.headers, message.body, 1, parts);
  return parts;
}

function collect(headers: SipHeaders, bytes: Buffer, depth: number, parts: BodyPart[]): void {
  const type = parseParameterised(headers.get('Content-Type') ?? '');
  const encoding = (headers.get('Content-Encoding') ?? 'identity').toLowerCase();
  if (!type.name.startsWith('multipart/') || encoding !== 'identity') {
    if (parts.length >= MAX_PARTS) throw new SipParseError('body with too many parts');
    parts.push({ contentType: type.name, encoding, handling: handlingOf(headers), headers, bytes });
    return;
  }
  if (depth > MAX_DEPTH) throw new SipParseError('multipart bodies are nested too deeply');
  const boundary = parameterOf(type, 'boundary') ?? '';
  if (boundary === '' || boundary.length > MAX_BOUNDARY_CHARACTERS)
    throw new SipParseError('multipart without boundary');
  for (const part of split(bytes, Buffer.from(`--${boundary}`, 'latin1'))) {
    const { head, body } = splitPart(part);
    collect(head, body, depth + 1, parts);
  }
}

function handlingOf(headers: SipHeaders): BodyPart['handling'] {
  const disposition = headers.get('Content-Disposition');
  if (disposition === undefined) return undefined;
  const handling = parameterOf(parseParameterised(disposition), 'handling')?.toLowerCase();
  return handling === 'required' || handling === 'optional' ? handling : undefined;
}

/** What stands between delimiter lines; preamble and epilogue are no parts. */
function split(bytes: Buffer, delimiter: Buffer): Buffer[] {
  const found: Buffer[] = [];
  let start: number | undefined;
  for (let at = nextDelimiter(bytes, delimiter, 0); at >= 0; ) {
    if (start !== undefined) found.push(bytes.subarray(start, Math.max(start, withoutLineEnd(bytes, at))));
    const after = at + delimiter.length;
    if (bytes[after] === HYPHEN && bytes[after + 1] === HYPHEN) return found;
    if (found.length >= MAX_PARTS) throw new SipParseError('body with too many parts');
    const lineEnd = bytes.indexOf(LF, after);
    if (lineEnd < 0) break;
    start = lineEnd + 1;
    at = nextDelimiter(bytes, delimiter, start);
  }
  throw new SipParseError('multipart body without its closing boundary');
}

/** A delimiter stands at the start of a line; the same bytes within one are content. */
function nextDelimiter(bytes: Buffer, delimiter: Buffer, from: number): number {
  for (let at = bytes.indexOf(delimiter, from); at >= 0; at = bytes.indexOf(delimiter, at + 1)) {
    if (at === 0 || bytes[at - 1] === LF) return at;
  }
  return -1;
}

/** The line end before a delimiter belongs to the delimiter (RFC 2046 5.1.1). */
function withoutLineEnd(bytes: Buffer, delimiterAt: number): number {
  const end = delimiterAt - 1;
  return bytes[end - 1] === CR ? end - 1 : end;
}

/** A part may have no headers, and then begins with the empty line; or nothing but headers (RFC 2046 5.1.1). */
function splitPart(part: Buffer): { head: SipHeaders; body: Buffer } {
  if (part[0] === CR && part[1] === LF) return { head: new SipHeaders(), body: part.subarray(2) };
  const end = part.indexOf('\r\n\r\n');
  const lines = part.toString('latin1', 0, end < 0 ? part.length : end).split('\r\n');
  if (lines.at(-1) === '') lines.pop();
  const { headers, fault } = readHeaderBlock(lines, 0);
  if (fault !== undefined) throw new SipParseError(`body part: ${fault}`);
  return { head: headers, body: end < 0 ? part.subarray(part.length) : part.subarray(end + 4) };
}
