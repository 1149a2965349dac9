import { isToken, isWhitespace } from './grammar.ts';
import { SipHeaders } from './headers.ts';
import { MAX_HEADER_CHARACTERS, MAX_HEADERS } from './limits.ts';

/** Header lines as they were read, with the first fault met: reported once all that is readable has been read. */
export interface HeaderBlock {
  readonly headers: SipHeaders;
  readonly fault: string | undefined;
}

/** Reads lines from index `first` on, folded ones joined (RFC 3261 7.3.1). Also the head of a body part (RFC 2046 5.1). */
export function readHeaderBlock(lines: readonly string[], first: number): HeaderBlock {
  const headers = new SipHeaders();
  let fault: string | undefined;
  for (let index = first; index < lines.length; index++) {
    let line = lines[index] ?? '';
    while (index + 1 < lines.length && isWhitespace((lines[index + 1] ?? '').charCodeAt(0))) {
      line += ` ${(lines[++index] ?? '').trim()}`;
      if (line.length > MAX_HEADER_CHARACTERS) break;
    }
    const lineFault = headers.size >= MAX_HEADERS ? 'too many headers' : readHeader(line, headers);
    fault ??= lineFault;
  }
  return { headers, fault };
}

/** Adds the header, or says why it is none. */
function readHeader(line: string, headers: SipHeaders): string | undefined {
  if (line.length > MAX_HEADER_CHARACTERS) return 'header is too long';
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(colon, 0)).trimEnd();
  if (!isToken(name)) return 'header without a proper name';
  if (line.includes('\r') || line.includes('\n')) return 'lone carriage return or line feed';
  headers.appendReceived(name, line.slice(colon + 1).trim());
  return undefined;
}
