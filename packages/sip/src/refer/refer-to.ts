import type { SipRequest } from '../message/message.ts';
import { parseNameAddr } from '../message/name-addr.ts';
import { SipParseError } from '../message/parse-error.ts';
import { parseUri } from '../message/uri.ts';
import { parseReplaces, type ReplacedDialog, writeReplaces } from './replaces.ts';

/** Where a REFER sends somebody. */
export interface ReferTarget {
  /** URI to call, without its headers. */
  readonly uri: string;
  /** The call to be made takes the place of this one: an attended transfer (RFC 5589 7). */
  readonly replaces: ReplacedDialog | undefined;
  /** Upper case; INVITE when the URI names none. */
  readonly method: string;
}

/**
 * The Refer-To of a REFER.
 * @throws SipParseError without exactly one (RFC 3515 2.4.2).
 */
export function readReferTo(request: SipRequest): ReferTarget {
  const values = request.headers.list('Refer-To');
  const [value] = values;
  if (value === undefined || values.length > 1) throw new SipParseError('not exactly one Refer-To');
  const { uri } = parseNameAddr(value);
  const question = uri.headers === undefined ? -1 : uri.text.indexOf('?');
  return {
    uri: question < 0 ? uri.text : uri.text.slice(0, question),
    replaces: replacesIn(uri.headers),
    method: (uri.parameters.get('method') ?? 'INVITE').toUpperCase(),
  };
}

/**
 * A Refer-To value. The headers of a URI are escaped (RFC 3261 19.1.1).
 * @throws SipParseError when the URI is none.
 */
export function writeReferTo(uri: string, replaces: ReplacedDialog | undefined): string {
  if (parseUri(uri).headers !== undefined) throw new SipParseError('the target of a transfer must not carry headers');
  return `<${uri}${replaces === undefined ? '' : `?Replaces=${encodeURIComponent(writeReplaces(replaces))}`}>`;
}

function replacesIn(headers: string | undefined): ReplacedDialog | undefined {
  for (const part of headers?.split('&') ?? []) {
    const equals = part.indexOf('=');
    if (part.slice(0, Math.max(equals, 0)).toLowerCase() === 'replaces')
      return parseReplaces(unescaped(part.slice(equals + 1)));
  }
  return undefined;
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new SipParseError('broken percent escape in Refer-To');
  }
}
