import { unquote } from '../message/grammar.ts';
import type { SipRequest } from '../message/message.ts';
import { parseNameAddr } from '../message/name-addr.ts';
import { SipParseError } from '../message/parse-error.ts';
import type { SipUri } from '../message/uri.ts';

/** RFC 3261 10.2.1.1, 20.10: a binding without a usable `expires`. */
const DEFAULT_EXPIRES_SECONDS = 3600;

/** RFC 3261 20.19: 32 bits. */
const MAX_EXPIRES_SECONDS = 2 ** 32 - 1;

/** One Contact of a REGISTER. */
export interface RequestedContact {
  readonly uri: SipUri;
  /** 0 to 1. */
  readonly q: number;
  /** 0 removes the binding. */
  readonly expiresSeconds: number;
  /** RFC 5626 4.1, without its angle brackets. */
  readonly instanceId?: string;
  /** RFC 5626 4.2. */
  readonly regId?: number;
}

/** What a REGISTER asks for: nothing but a list, the end of everything, or a change of some bindings (RFC 3261 10.2). */
export type RegisterWish =
  | { readonly kind: 'query' }
  | { readonly kind: 'remove-all' }
  | { readonly kind: 'change'; readonly contacts: readonly RequestedContact[] };

/** @throws SipParseError when Contact and Expires contradict each other (RFC 3261 10.3, step 6) or cannot be read. */
export function readWish(request: SipRequest): RegisterWish {
  const values = request.headers.list('Contact');
  const expires = readExpires(request.headers.get('Expires'));
  if (values.length === 0) return { kind: 'query' };
  if (values.includes('*')) {
    if (values.length > 1) throw new SipParseError('Contact * beside other contacts');
    if (expires !== 0) throw new SipParseError('Contact * without Expires: 0');
    return { kind: 'remove-all' };
  }
  return { kind: 'change', contacts: values.map((value) => readContact(value, expires)) };
}

function readContact(value: string, expiresOfRequest: number | undefined): RequestedContact {
  const { uri, parameters } = parseNameAddr(value);
  const expires = parameters.has('expires') ? readExpires(parameters.get('expires')) : expiresOfRequest;
  const instance = parameters.get('+sip.instance');
  const regId = Number(parameters.get('reg-id'));
  return {
    uri,
    q: readQ(parameters.get('q')),
    expiresSeconds: expires ?? DEFAULT_EXPIRES_SECONDS,
    ...(instance === undefined ? {} : { instanceId: unquote(instance).replace(/^<|>$/g, '') }),
    // A reg-id outside 1 to 2^31-1 means nothing (RFC 5626 10).
    ...(Number.isInteger(regId) && regId > 0 && regId < 2 ** 31 ? { regId } : {}),
  };
}

/** Undefined for what is missing or malformed: both stand for the default (RFC 3261 20.10). */
function readExpires(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,10}$/.test(text)) return undefined;
  return Math.min(Number(text), MAX_EXPIRES_SECONDS);
}

/** RFC 3261 10.2.1.2; 1 when missing or malformed, so that nobody loses calls by a typing error. */
function readQ(text: string | undefined): number {
  return text !== undefined && /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(text) ? Number(text) : 1;
}
