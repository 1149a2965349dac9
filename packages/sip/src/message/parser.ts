import { isUtf8 } from 'node:buffer';
import { parseCSeq } from './cseq.ts';
import { isToken, parseDecimal } from './grammar.ts';
import { type HeaderBlock, readHeaderBlock } from './header-block.ts';
import type { SipHeaders } from './headers.ts';
import { MAX_BODY_BYTES, MAX_HEAD_BYTES, MAX_MAX_FORWARDS } from './limits.ts';
import type { SipMessage } from './message.ts';
import { parseNameAddr } from './name-addr.ts';
import { SipParseError } from './parse-error.ts';
import { parseUri, type SipUri } from './uri.ts';
import { markReceived, parseVia } from './via.ts';

/** Headers that may stand once only (RFC 4475 3.3.8 and 3.3.9). */
const singleHeaders = ['Call-ID', 'CSeq', 'From', 'To', 'Max-Forwards', 'Content-Length', 'Content-Type'];

/** Values of these must be addresses, or the dialog built from them would not work. */
const addressLists = ['Contact', 'Route', 'Record-Route'];

interface Source {
  readonly remoteAddress: string;
  readonly remotePort: number;
}

interface Head extends HeaderBlock {
  readonly startLine: string;
  readonly encoding: BufferEncoding;
}

/**
 * Reads one message (RFC 3261 7). Bytes after the body's declared length are ignored, as in datagrams (18.3).
 * @param source where it came from, which the Via of a request is marked with.
 * @throws SipParseError with a `fragment` when it is a request that can be answered.
 */
export function parseMessage(bytes: Buffer, source?: Source): SipMessage {
  const start = skipLineEnds(bytes);
  const separator = bytes.indexOf('\r\n\r\n', start);
  const headEnd = separator < 0 ? bytes.length : separator;
  if (headEnd === start) throw new SipParseError('empty message');
  const isTooLong = headEnd - start > MAX_HEAD_BYTES;
  const head = readHead(isTooLong ? withoutLastLine(bytes, start) : bytes.subarray(start, headEnd));
  try {
    if (isTooLong) throw new SipParseError('start line and headers are too long', { code: 'message_too_large' });
    if (separator < 0) throw new SipParseError('no blank line after the headers');
    if (head.fault !== undefined) throw new SipParseError(head.fault);
    return readMessage(head, bytes.subarray(separator + 4), source);
  } catch (error) {
    if (!(error instanceof SipParseError) || isResponse(head.startLine)) throw error;
    const method = head.startLine.split(' ', 1)[0] ?? '';
    throw new SipParseError(error.message, {
      code: error.code,
      fragment: { method, headers: head.headers, encoding: head.encoding },
    });
  }
}

/** Empty lines before the start line are keepalives or sloppiness, both legal (RFC 3261 7.5). */
function skipLineEnds(bytes: Buffer): number {
  let index = 0;
  while (bytes[index] === 0x0d && bytes[index + 1] === 0x0a) index += 2;
  return index;
}

/** As much of an overlong head as may be read, up to its last whole line: the sender still gets its answer. */
function withoutLastLine(bytes: Buffer, start: number): Buffer {
  const readable = bytes.subarray(start, start + MAX_HEAD_BYTES);
  const lineEnd = readable.lastIndexOf('\r\n');
  return readable.subarray(0, Math.max(lineEnd, 0));
}

function readHead(bytes: Buffer): Head {
  const encoding = isUtf8(bytes) ? 'utf8' : 'latin1';
  const lines = bytes.toString(encoding).split('\r\n');
  const { headers, fault } = readHeaderBlock(lines, 1);
  return { startLine: lines[0] ?? '', encoding, headers, fault };
}

function isResponse(startLine: string): boolean {
  // Requests begin with their method.
  return startLine.slice(0, 4).toUpperCase() === 'SIP/';
}

function readMessage(head: Head, rest: Buffer, source: Source | undefined): SipMessage {
  const { headers, encoding, startLine } = head;
  // First, since a message of another version may differ in everything after it.
  const start = isResponse(startLine) ? readStatusLine(startLine) : readRequestLine(startLine);
  for (const name of singleHeaders) if (headers.isRepeated(name)) throw new SipParseError(`more than one ${name}`);
  const via = readVias(headers);
  const from = parseNameAddr(required(headers, 'From'));
  const to = parseNameAddr(required(headers, 'To'));
  const callId = readCallId(headers);
  const cseq = parseCSeq(required(headers, 'CSeq'));
  const body = readBody(headers, rest);
  for (const name of addressLists)
    for (const value of headers.list(name)) if (value !== '*' || name !== 'Contact') parseNameAddr(value);

  // Written out: copying properties from one object to another costs more than everything else here.
  if ('status' in start) {
    const { status, reason } = start;
    return { kind: 'response', status, reason, headers, encoding, via, from, to, callId, cseq, body };
  }
  const { method, uri } = start;
  if (cseq.method !== method) throw new SipParseError('CSeq names another method than the request line');
  const maxForwards = parseDecimal(headers.get('Max-Forwards') ?? '70', MAX_MAX_FORWARDS, 'Max-Forwards');
  const marked = source ? markReceived(via, source.remoteAddress, source.remotePort) : via;
  return { kind: 'request', method, uri, maxForwards, headers, encoding, via: marked, from, to, callId, cseq, body };
}

/** Exactly one blank between the parts (RFC 3261 7.1, RFC 4475 3.1.2.8 to 3.1.2.10). */
function readRequestLine(line: string): { method: string; uri: SipUri } {
  const [method, uriText, version, ...more] = line.split(' ');
  if (!method || !uriText || version === undefined || more.length > 0 || !isToken(method)) {
    throw new SipParseError('request line is malformed');
  }
  if (version.toUpperCase() !== 'SIP/2.0') {
    if (!/^SIP\/\d{1,3}\.\d{1,3}$/i.test(version)) throw new SipParseError('request line is malformed');
    throw new SipParseError(`SIP version ${version} is not spoken here`, { code: 'unsupported_version' });
  }
  const uri = parseUri(uriText);
  if (uri.scheme !== 'sip' && uri.scheme !== 'sips' && uri.scheme !== 'tel') {
    throw new SipParseError(`no calls to ${uri.scheme} URIs`, { code: 'unsupported_uri_scheme' });
  }
  // RFC 3261 19.1.1: headers have no place in a Request-URI.
  if (uri.headers !== undefined) throw new SipParseError('Request-URI with headers');
  return { method, uri };
}

function readStatusLine(line: string): { status: number; reason: string } {
  const [version = '', code = ''] = line.split(' ', 2);
  if (version.toUpperCase() !== 'SIP/2.0') throw new SipParseError('status line of another SIP version');
  if (!/^[1-6]\d\d$/.test(code)) throw new SipParseError('status code is malformed');
  return { status: Number(code), reason: line.slice(version.length + code.length + 2) };
}

function readVias(headers: SipHeaders) {
  const [top, ...others] = headers.list('Via');
  if (top === undefined) throw new SipParseError('no Via');
  for (const other of others) parseVia(other);
  return parseVia(top);
}

function readCallId(headers: SipHeaders): string {
  const callId = required(headers, 'Call-ID');
  if (!isToken(callId) && /[\s,;]/.test(callId)) throw new SipParseError('Call-ID is malformed');
  return callId;
}

function readBody(headers: SipHeaders, rest: Buffer): Buffer {
  const declared = headers.get('Content-Length');
  if (declared === undefined) {
    if (rest.length > MAX_BODY_BYTES) throw new SipParseError('body is too large', { code: 'body_too_large' });
    return rest;
  }
  const length = parseDecimal(declared, Number.MAX_SAFE_INTEGER, 'Content-Length');
  if (length > MAX_BODY_BYTES) throw new SipParseError('body is too large', { code: 'body_too_large' });
  if (length > rest.length) throw new SipParseError('body is shorter than Content-Length');
  return rest.subarray(0, length);
}

function required(headers: SipHeaders, name: string): string {
  const value = headers.get(name);
  if (value === undefined || value === '') throw new SipParseError(`no ${name}`);
  return value;
}
