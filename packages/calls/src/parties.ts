import { headerValue, parseNameAddr, parseUri, type SipRequest } from '@dialplane/sip';
import { normaliseNumber } from './numbers.ts';

export interface CallParties {
  /** E.164 or extension; null when withheld. */
  readonly caller: string | null;
  readonly callerIsNumber: boolean;
  readonly callerName: string | null;
  readonly called: string;
}

/**
 * Who calls whom, from an authenticated trunk's INVITE (contract: numbers): the dialled number is the Request-URI's user,
 * the caller's is P-Asserted-Identity (RFC 3325), else From; `Privacy: id` (RFC 3323) withholds it.
 */
export function readParties(request: SipRequest, country: string): CallParties {
  const called = normaliseNumber(parseUri(request.uri)?.user ?? '', country);
  const identity = headerValue(request, 'P-Asserted-Identity') ?? headerValue(request, 'From') ?? '';
  const nameAddr = parseNameAddr(identity);
  const privacy = headerValue(request, 'Privacy') ?? 'none';
  const withheld = /\b(id|user|header)\b/i.test(privacy);
  const caller = normaliseNumber(nameAddr?.uri.user ?? '', country);
  const known = !withheld && caller.kind !== 'withheld';
  return {
    caller: known ? caller.value : null,
    callerIsNumber: known && caller.kind === 'e164',
    callerName: known && nameAddr?.displayName ? nameAddr.displayName : null,
    called: called.kind === 'withheld' ? '' : called.value,
  };
}
