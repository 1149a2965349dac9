import { type ClaimedAttestation, calledParty, callerIdentity, type Diversion, type SipRequest } from '@dialplane/sip';
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
  /** Who the call was for before, the latest first. */
  readonly diversions: readonly PartyDiversion[];
  /** What the carrier claims about the caller's number; nobody has verified it. */
  readonly attestation: ClaimedAttestation | undefined;
}

/** What the carrier claims about the caller's number (RFC 8588, 3GPP TS 24.229), as it is shown. Nobody has verified it. */
export interface ShownAttestation {
  readonly isVerified: false;
  readonly level: 'A' | 'B' | 'C' | null;
  /** What the carrier says its own check gave, such as `TN-Validation-Passed`. */
  readonly verstat: string | null;
}

/** A number the call came by on its way. */
export interface PartyDiversion {
  /** E.164 or extension; null when it is not to be shown. */
  readonly from: string | null;
  /** As the carrier says it, such as `no-answer` (RFC 5806). */
  readonly reason: string | null;
}

/**
 * Who calls whom, from an authenticated trunk's INVITE (contract: numbers): the caller's number is P-Asserted-Identity
 * (RFC 3325), else Remote-Party-ID, else From; `Privacy: id` (RFC 3323) withholds it.
 * @param country ISO 3166 alpha-2 that national numbers are read in.
 * @param isOurs tells a number that the organisation has.
 */
export function readParties(request: SipRequest, country: string, isOurs: (number: string) => boolean): CallParties {
  const identity = callerIdentity(request);
  const caller = normaliseNumber(identity.caller.user ?? '', country);
  const known = !identity.isWithheld && caller.kind !== 'withheld';
  return {
    caller: known ? caller.value : null,
    callerIsNumber: known && caller.kind === 'e164',
    callerName: (known && identity.caller.displayName) || null,
    dialled: readDialled(request, country, isOurs),
    diversions: identity.diversions.map((diversion) => partyDiversion(diversion, country)),
    attestation: identity.attestation,
  };
}

/** What an INVITE says beyond the numbers, for its event; what it does not say is left out. */
export function claimsOf({ diversions, attestation }: CallParties): {
  readonly diversions?: readonly PartyDiversion[];
  readonly attestation?: ShownAttestation;
} {
  return {
    ...(diversions.length === 0 ? {} : { diversions }),
    ...(attestation && {
      attestation: { isVerified: false, level: attestation.level ?? null, verstat: attestation.verstat ?? null },
    }),
  };
}

function partyDiversion({ from, reason, isPrivate }: Diversion, country: string): PartyDiversion {
  const number = normaliseNumber(from.user ?? '', country);
  return { from: isPrivate || number.kind === 'withheld' ? null : number.value, reason: reason ?? null };
}

/**
 * The Request-URI's user. Carriers that call a registered contact, and PBXs that call a user name, put something else
 * there: then To, then P-Called-Party-ID (RFC 7315 4.2) is the number, if it is one of ours.
 */
function readDialled(request: SipRequest, country: string, isOurs: (number: string) => boolean): DialledNumber {
  const first = dialledNumber(request.uri.user ?? '', country, isOurs);
  if (isOurs(first.number)) return first;
  const others = [
    dialledNumber(request.to.uri.user ?? '', country, isOurs, 'to'),
    dialledNumber(calledParty(request)?.user ?? '', country, isOurs, 'p_called_party_id'),
  ];
  return others.find(({ number }) => isOurs(number)) ?? first;
}

/**
 * Every number, E.164, that an INVITE can be for: what routing has to look up, whatever of it is ours.
 * @param country ISO 3166 alpha-2 that national numbers are read in.
 */
export function possiblyDialled(request: SipRequest, country: string): string[] {
  const users = [request.uri.user, request.to.uri.user, calledParty(request)?.user];
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
