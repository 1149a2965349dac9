import { endOfQuoted, noParameters, type Parameters, parseParameters, unquote } from './grammar.ts';
import { SipParseError } from './parse-error.ts';
import { parseUri, type SipUri } from './uri.ts';

/** RFC 3261 20.10 `name-addr` or `addr-spec` with the header's parameters: From, To, Contact, Route, P-Asserted-Identity. */
export interface NameAddr {
  readonly displayName: string | undefined;
  readonly uri: SipUri;
  /** Parameters of the header, not of the URI. */
  readonly parameters: Parameters;
}

/** @throws SipParseError */
export function parseNameAddr(text: string): NameAddr {
  const value = text.trim();
  const quoted = value.startsWith('"');
  const nameEnd = quoted ? endOfQuoted(value, 0) : value.indexOf('<');
  const open = quoted ? value.indexOf('<', nameEnd) : nameEnd;
  if (open < 0) return addrSpec(value, quoted);
  const close = value.indexOf('>', open);
  if (close < 0) throw new SipParseError('address without closing bracket');
  if (quoted && value.slice(nameEnd, open).trim() !== '') throw new SipParseError('text between name and address');
  return {
    displayName: displayName(value.slice(0, quoted ? nameEnd : open).trim(), quoted),
    uri: parseUri(value.slice(open + 1, close)),
    parameters: trailingParameters(value.slice(close + 1)),
  };
}

function displayName(text: string, quoted: boolean): string | undefined {
  // Tokens only, says RFC 3261; letters of other alphabets are let through, characters with a meaning are not (RFC 4475 3.1.2.15).
  if (!quoted && /["<>,;:@\\]/.test(text)) throw new SipParseError('display name needs quotation marks');
  const name = quoted ? unquote(text) : text;
  return name === '' ? undefined : name;
}

/** Without brackets every parameter belongs to the header, and `?` or `,` cannot stand in the URI (RFC 3261 20). */
function addrSpec(value: string, quoted: boolean): NameAddr {
  const semicolon = value.indexOf(';');
  const uriText = (semicolon < 0 ? value : value.slice(0, semicolon)).trimEnd();
  if (quoted || /[?,]/.test(uriText)) throw new SipParseError('address needs angle brackets');
  return {
    displayName: undefined,
    uri: parseUri(uriText),
    parameters: trailingParameters(semicolon < 0 ? '' : value.slice(semicolon)),
  };
}

function trailingParameters(text: string): Parameters {
  const rest = text.trim();
  if (rest === '') return noParameters;
  if (!rest.startsWith(';')) throw new SipParseError('text after an address');
  return parseParameters(rest.slice(1));
}
