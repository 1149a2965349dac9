import { parseParameters, quote, splitOutsideQuotes, unquote } from '../message/grammar.ts';
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
    for (const [name, written] of parseParameters(quoteBare(part))) {
      if (written === undefined || parameters.has(name))
        throw new SipParseError(`digest parameter ${name} is malformed`);
      parameters.set(name, unquote(written));
    }
  }
  return parameters;
}

/** Some phones leave the quotes off a URI or a base64 nonce, whose `;`, `@` or `,` would end the value. */
function quoteBare(part: string): string {
  const equals = part.indexOf('=');
  const value = part.slice(equals + 1).trim();
  return equals < 0 || value.startsWith('"') ? part : `${part.slice(0, equals)}=${quote(value)}`;
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
