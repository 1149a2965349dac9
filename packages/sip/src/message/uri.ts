import { isIPv6 } from 'node:net';
import { isToken, noParameters, type Parameters, parseDecimal } from './grammar.ts';
import { SipParseError } from './parse-error.ts';

/** RFC 3261 19.1. For `tel:` (RFC 3966) the number is the user and the host is empty; other schemes keep only their text. */
export interface SipUri {
  /** Lower case. */
  readonly scheme: string;
  /** Percent escapes decoded. */
  readonly user: string | undefined;
  /** IPv6 literals without brackets. */
  readonly host: string;
  readonly port: number | undefined;
  /** Names in lower case. */
  readonly parameters: Parameters;
  /** Text after the question mark, as written. */
  readonly headers: string | undefined;
  readonly text: string;
}

/** @throws SipParseError */
export function parseUri(text: string): SipUri {
  const colon = text.indexOf(':');
  const scheme = text.slice(0, Math.max(colon, 0)).toLowerCase();
  if (!isScheme(scheme)) throw new SipParseError('URI without a scheme');
  if (hasForbidden(text)) throw new SipParseError('URI with blanks, brackets or control characters');
  const rest = text.slice(colon + 1);
  if (scheme === 'tel') return telUri(text, rest);
  if (scheme !== 'sip' && scheme !== 'sips') {
    return { scheme, user: undefined, host: '', port: undefined, parameters: noParameters, headers: undefined, text };
  }
  // The user part may itself hold `;`, `?` and `/`, so the first @ decides where it ends (RFC 4475 3.1.1.2).
  const at = rest.indexOf('@');
  const userInfo = at < 0 ? undefined : rest.slice(0, at);
  if (userInfo === '') throw new SipParseError('URI with an empty user');
  const question = rest.indexOf('?', at + 1);
  const place = question < 0 ? rest.slice(at + 1) : rest.slice(at + 1, question);
  const semicolon = place.indexOf(';');
  const { host, port } = parseHostPort(semicolon < 0 ? place : place.slice(0, semicolon));
  return {
    scheme,
    user: userInfo === undefined ? undefined : decodeEscapes(userInfo.split(':', 1)[0] ?? ''),
    host,
    port,
    parameters: semicolon < 0 ? noParameters : uriParameters(place.slice(semicolon + 1)),
    headers: question < 0 ? undefined : rest.slice(question + 1),
    text,
  };
}

function telUri(text: string, rest: string): SipUri {
  const semicolon = rest.indexOf(';');
  const number = semicolon < 0 ? rest : rest.slice(0, semicolon);
  if (number === '') throw new SipParseError('tel URI without a number');
  const parameters = semicolon < 0 ? noParameters : uriParameters(rest.slice(semicolon + 1));
  return {
    scheme: 'tel',
    user: decodeEscapes(number),
    host: '',
    port: undefined,
    parameters,
    headers: undefined,
    text,
  };
}

/**
 * `host`, `host:port`, `[v6]:port`.
 * @throws SipParseError
 */
export function parseHostPort(text: string): { host: string; port: number | undefined } {
  const bracket = text.startsWith('[') ? text.indexOf(']') : -1;
  const colon = text.indexOf(':', bracket + 1);
  const hostText = colon < 0 ? text : text.slice(0, colon);
  const port = colon < 0 ? undefined : parseDecimal(text.slice(colon + 1), 65_535, 'port');
  if (bracket >= 0) {
    const literal = hostText.slice(1, -1);
    if (!hostText.endsWith(']') || !isIPv6(literal)) throw new SipParseError('bracketed host is no IPv6 address');
    return { host: literal, port };
  }
  if (!isHostname(hostText)) throw new SipParseError('host is malformed');
  return { host: hostText, port };
}

/** `host:port` for a header or URI, with brackets around IPv6 literals. */
export function writeHostPort(host: string, port: number | undefined): string {
  // No other host has a colon.
  const hostText = host.includes(':') ? `[${host}]` : host;
  return port === undefined ? hostText : `${hostText}:${port}`;
}

function isScheme(text: string): boolean {
  return text === 'sip' || (text.length <= 64 && /^[a-z][a-z0-9+.-]*$/.test(text));
}

/** Also an IPv4 address. Underscores are not in RFC 3261's grammar, but in many host names of internal networks. */
function isHostname(text: string): boolean {
  // 253 is the longest name DNS can carry.
  return text.length <= 253 && /^[A-Za-z0-9._-]+$/.test(text);
}

function hasForbidden(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code <= 0x20 || code === 0x22 || code === 0x3c || code === 0x3e || code === 0x7f) return true;
  }
  return false;
}

function uriParameters(text: string): Map<string, string | undefined> {
  const parameters = new Map<string, string | undefined>();
  for (const part of text.split(';')) {
    const equals = part.indexOf('=');
    const name = decodeEscapes(equals < 0 ? part : part.slice(0, equals)).toLowerCase();
    if (name === '' || (equals < 0 && !isToken(part))) throw new SipParseError('URI parameter is malformed');
    parameters.set(name, equals < 0 ? undefined : decodeEscapes(part.slice(equals + 1)));
  }
  return parameters;
}

function decodeEscapes(text: string): string {
  if (!text.includes('%')) return text;
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) throw new SipParseError('broken percent escape in a URI');
  try {
    return decodeURIComponent(text);
  } catch {
    // Escapes that are no UTF-8 are legal; they stay as written.
    return text;
  }
}
