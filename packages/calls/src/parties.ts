import { header, type NameAddr, parseNameAddr, SipParseError, type SipRequest } from '@dialplane/sip';
import { normaliseNumber, possibleNumbers } from './numbers.ts';

/** The number a call is for, and where the INVITE said so. */
export interface DialledNumber {
  /** E.164 or extension; empty when the INVITE names none. */
  readonly number: string;
  /** As it stood there. */
  readonly written: string;
  readonly place: 'request_uri' | 'to' | 'p_called_party_id';
}

export interface CallParties {
  /** E.164 or extension; null when withheld. */
  readonly caller: string | null;
  readonly callerIsNumber: boolean;
  readonly callerName: string | null;
  readonly dialled: DialledNumber;
}

/**
 * Who calls whom, from an authenticated trunk's INVITE (contract: numbers): the caller's number is P-Asserted-Identity
 * (RFC 3325), else From; `Privacy: id` (RFC 3323) withholds it.
 * @param country ISO 3166 alpha-2 that national numbers are read in.
 * @param isOurs tells a number that the organisation has.
 */
export function readParties(request: SipRequest, country: string, isOurs: (number: string) => boolean): CallParties {
  const asserted = addressIn(header(request, 'P-Asserted-Identity'));
  const address = asserted ?? request.from;
  const caller = normaliseNumber(address.uri.user ?? '', country);
  const withheld = /\b(?:id|user|header)\b/i.test(header(request, 'Privacy') ?? '');
  const known = !withheld && caller.kind !== 'withheld';
  return {
    caller: known ? caller.value : null,
    callerIsNumber: known && caller.kind === 'e164',
    callerName: (known && address.displayName) || null,
    dialled: readDialled(request, country, isOurs),
  };
}

/**
 * The Request-URI's user. Carriers that call a registered contact, and PBXs that call a user name, put something else
 * there: then To, then P-Called-Party-ID (RFC 7315 4.2) is the number, if it is one of ours.
 */
function readDialled(request: SipRequest, country: string, isOurs: (number: string) => boolean): DialledNumber {
  const first = dialledNumber(request.uri.user ?? '', country, isOurs);
  if (isOurs(first.number)) return first;
  const calledParty = addressIn(header(request, 'P-Called-Party-ID'));
  const others = [
    dialledNumber(request.to.uri.user ?? '', country, isOurs, 'to'),
    dialledNumber(calledParty?.uri.user ?? '', country, isOurs, 'p_called_party_id'),
  ];
  return others.find(({ number }) => isOurs(number)) ?? first;
}

/**
 * Every number, E.164, that an INVITE can be for: what routing has to look up, whatever of it is ours.
 * @param country ISO 3166 alpha-2 that national numbers are read in.
 */
export function possiblyDialled(request: SipRequest, country: string): string[] {
  const calledParty = addressIn(header(request, 'P-Called-Party-ID'));
  const users = [request.uri.user, request.to.uri.user, calledParty?.uri.user];
  return [...new Set(users.flatMap((user) => possibleNumbers(user ?? '', country)))];
}

/** A dialled number as a person or an INVITE writes it; of several readings the one that is ours. */
export function dialledNumber(
  written: string,
  country: string,
  isOurs: (number: string) => boolean,
  place: DialledNumber['place'] = 'request_uri',
): DialledNumber {
  const read = normaliseNumber(written, country);
  if (read.kind === 'withheld') return { number: '', written, place };
  return { number: possibleNumbers(written, country).find(isOurs) ?? read.value, written, place };
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
