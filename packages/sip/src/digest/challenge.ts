import { endOfQuoted, hasControlCharacters, isToken, quote, splitOutsideQuotes, unquote } from '../message/grammar.ts';
import { SipParseError } from '../message/parse-error.ts';

/** Parameters of a `Digest` header, names in lower case, values without quotes. */
export type DigestParameters = ReadonlyMap<string, string>;

/**
 * Reads `Digest a="1", b=2` (RFC 3261 25.1). Undefined for another scheme.
 * @throws SipParseError
 */
export function parseDigestHeader(value: string): DigestParameters | undefined {
  const text = value.trim();
  const blank = text.search(/[ \t]/);
  if (text.slice(0, Math.max(blank, 0)).toLowerCase() !== 'digest') return undefined;
  const parameters = new Map<string, string>();
  for (const part of splitOutsideQuotes(text.slice(blank), ',')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = part.slice(0, Math.max(equals, 0)).trimEnd().toLowerCase();
    if (!isToken(name) || parameters.has(name)) throw new SipParseError('digest parameter is malformed');
    const read = readValue(part.slice(equals + 1).trimStart());
    // It comes back in our answer, which could not be written.
    if (hasControlCharacters(read)) throw new SipParseError('digest parameter with a control character');
    parameters.set(name, read);
  }
  return parameters;
}

/** Some phones leave the quotes off a URI or a base64 nonce, so a bare value is any text. */
function readValue(text: string): string {
  if (!text.startsWith('"')) return text;
  if (endOfQuoted(text, 0) !== text.length) throw new SipParseError('text after a quoted digest parameter');
  return unquote(text);
}

/** RFC 7616 3.3 and 3.4 say which values stand in quotes; peers insist on it. */
const bareParameters = new Set(['algorithm', 'stale', 'nc', 'qop']);

/** `quoteQop` is for challenges, where qop is a list; in credentials it is a token. */
export function writeDigestHeader(parameters: DigestParameters, options: { quoteQop: boolean }): string {
  const parts: string[] = [];
  for (const [name, value] of parameters) {
    const bare = bareParameters.has(name) && !(name === 'qop' && options.quoteQop);
    parts.push(`${name}=${bare ? value : quote(value)}`);
  }
  return `Digest ${parts.join(', ')}`;
}
