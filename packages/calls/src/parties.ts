import { header, type NameAddr, parseNameAddr, SipParseError, type SipRequest } from '@dialplane/sip';
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
  const called = normaliseNumber(request.uri.user ?? '', country);
  const asserted = addressIn(header(request, 'P-Asserted-Identity'));
  const address = asserted ?? request.from;
  const caller = normaliseNumber(address?.uri.user ?? '', country);
  const withheld = /\b(?:id|user|header)\b/i.test(header(request, 'Privacy') ?? '');
  const known = !withheld && caller.kind !== 'withheld';
  return {
    caller: known ? caller.value : null,
    callerIsNumber: known && caller.kind === 'e164',
    callerName: (known && address?.displayName) || null,
    called: called.kind === 'withheld' ? '' : called.value,
  };
}

/** Undefined for an address that cannot be read: an odd header must not lose a call. */
function addressIn(value: string | undefined): NameAddr | undefined {
  if (value === undefined) return undefined;
  try {
    return parseNameAddr(value);
  } catch (error) {
    if (error instanceof SipParseError) return undefined;
    throw error;
  }
}
