import { MAX_LIST_VALUES } from './limits.ts';
import { SipParseError } from './parse-error.ts';

const tokenCharacters = characterClass("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.!%*_+`'~");
const digitCharacters = characterClass('0123456789');

function characterClass(members: string): Uint8Array {
  const table = new Uint8Array(128);
  for (let index = 0; index < members.length; index++) table[members.charCodeAt(index)] = 1;
  return table;
}

/** Whether a text has characters of this class, and no others. */
function consistsOf(text: string, characters: Uint8Array): boolean {
  if (text === '') return false;
  for (let index = 0; index < text.length; index++) if (characters[text.charCodeAt(index)] !== 1) return false;
  return true;
}

/** RFC 3261 25.1 `token`: methods, header and parameter names. */
export function isToken(text: string): boolean {
  return consistsOf(text, tokenCharacters);
}

/** A decimal number from 0 to `maximum`; leading zeros are allowed (RFC 4475 3.1.1.1). */
export function parseDecimal(text: string, maximum: number, what: string): number {
  // Thirty digits cover any run of leading zeros seen in the wild and keep the conversion exact enough to compare.
  if (text.length > 30 || !consistsOf(text, digitCharacters)) throw new SipParseError(`${what} is not a number`);
  const value = Number(text);
  if (value > maximum) throw new SipParseError(`${what} is larger than ${maximum}`);
  return value;
}

export function isWhitespace(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** Index just after the quoted string that opens at `start`. */
export function endOfQuoted(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x5c) index++;
    else if (code === 0x22) return index + 1;
  }
  throw new SipParseError('quotation mark without its partner');
}

/** Splits at a one-character separator that stands outside quotes and angle brackets; parts are trimmed. */
export function splitOutsideQuotes(text: string, separator: ',' | ';'): string[] {
  // Most values are of this kind, and every message has a dozen of them.
  if (!text.includes(separator) && !text.includes('"')) return [text.trim()];
  const parts: string[] = [];
  let start = 0;
  let inBrackets = false;
  const separatorCode = separator.charCodeAt(0);
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x22 && !inBrackets) index = endOfQuoted(text, index) - 1;
    else if (code === 0x3c) inBrackets = true;
    else if (code === 0x3e) inBrackets = false;
    else if (code === separatorCode && !inBrackets) {
      parts.push(text.slice(start, index).trim());
      if (parts.length > MAX_LIST_VALUES) throw new SipParseError('list with too many values');
      start = index + 1;
    }
  }
  parts.push(text.slice(start).trim());
  return parts;
}

/** Whether a text holds what no header may hold (RFC 3261 25.1 `TEXT-UTF8char`). */
export function hasControlCharacters(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return true;
  }
  return false;
}

/** A sentence for the inside of quotation marks, whoever wrote its parts. */
export function plainText(text: string): string {
  return text.replace(/["\\\p{Cc}]/gu, "'");
}

/** RFC 3261 25.1 `quoted-string`, with its marks. */
export function quote(text: string): string {
  if (!text.includes('"') && !text.includes('\\')) return `"${text}"`;
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** The text of a quoted string; anything else comes back as it is. */
export function unquote(text: string): string {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text;
  const inside = text.slice(1, -1);
  return inside.includes('\\') ? inside.replace(/\\([\s\S])/g, '$1') : inside;
}

/** Parameter names in lower case; a value as written (quotes kept), or undefined for a parameter without value. */
export type Parameters = ReadonlyMap<string, string | undefined>;

/** One for all that have none: a message has a dozen places for parameters, and most are empty. */
export const noParameters: Parameters = new Map();

/** Reads `a=1;b;c="x;y"`, without the leading semicolon. */
export function parseParameters(text: string): Map<string, string | undefined> {
  const parameters = new Map<string, string | undefined>();
  for (const part of splitOutsideQuotes(text, ';')) {
    const equals = part.indexOf('=');
    const name = (equals < 0 ? part : part.slice(0, equals)).trimEnd().toLowerCase();
    if (!isToken(name)) throw new SipParseError('parameter without a proper name');
    if (equals < 0) {
      parameters.set(name, undefined);
      continue;
    }
    const value = part.slice(equals + 1).trimStart();
    const quoted = value.startsWith('"') && endOfQuoted(value, 0) === value.length;
    // Most values are tokens, which need no second look.
    if (!quoted && !isToken(value) && (value === '' || /[\s"<>@,]/.test(value)))
      throw new SipParseError(`parameter ${name} is malformed`);
    parameters.set(name, value);
  }
  return parameters;
}

export function writeParameters(parameters: Parameters): string {
  let text = '';
  for (const [name, value] of parameters) text += value === undefined ? `;${name}` : `;${name}=${value}`;
  return text;
}
