import { parseSdp, SdpParseError, type SipRequest } from '@dialplane/sip';
import type { CarrierTransport } from './carrier-wire.ts';

/** What carriers insist on. */
export type CarrierRule =
  | 'own_request_host'
  | 'hops_left'
  | 'own_from_host'
  | 'known_address'
  | 'registered_first'
  | 'from_user_is_account'
  | 'e164_caller'
  | 'verified_caller'
  | 'e164_dialled'
  | 'international_dialled'
  | 'srtp_over_tls'
  | 'g711'
  | 'rate';

/** What an INVITE is judged by. */
export interface JudgedInvite {
  readonly request: SipRequest;
  readonly transport: CarrierTransport;
  readonly source: string;
  /** Name of the carrier in URIs. */
  readonly domain: string;
  readonly account: CarrierAccount;
  readonly isRegistered: boolean;
  /** New calls in the second before it, itself included. */
  readonly callsInLastSecond: number;
  readonly callsPerSecond: number | null;
}

/** The customer the carrier serves. */
export interface CarrierAccount {
  readonly username: string;
  readonly password: string;
  /** E.164 or extensions the customer may show. */
  readonly numbers: readonly string[];
  /** Addresses that need no password. */
  readonly addresses?: readonly string[];
}

interface Rule {
  /** Looked at before the carrier asks for a password. */
  readonly isEarly: boolean;
  readonly isKept: (invite: JudgedInvite) => boolean;
}

const e164 = /^\+[1-9]\d{6,14}$/;

/** In the order they are looked at. */
export const carrierRules: Readonly<Record<CarrierRule, Rule>> = {
  own_request_host: { isEarly: true, isKept: ({ request, domain }) => request.uri.host === domain },
  hops_left: { isEarly: true, isKept: ({ request }) => Number(request.headers.get('Max-Forwards')) > 0 },
  own_from_host: { isEarly: true, isKept: ({ request, domain }) => request.from.uri.host === domain },
  known_address: { isEarly: true, isKept: ({ account, source }) => account.addresses?.includes(source) ?? false },
  from_user_is_account: { isEarly: true, isKept: ({ request, account }) => callerOf(request) === account.username },
  registered_first: { isEarly: false, isKept: ({ isRegistered }) => isRegistered },
  e164_caller: { isEarly: false, isKept: ({ request }) => e164.test(callerOf(request)) },
  verified_caller: { isEarly: false, isKept: ({ request, account }) => isOneOf(account.numbers, callerOf(request)) },
  e164_dialled: { isEarly: false, isKept: ({ request }) => e164.test(request.uri.user ?? '') },
  // The pattern of kamailio.cfg, route PSTN.
  international_dialled: {
    isEarly: false,
    isKept: ({ request }) => /^(\+|00)[1-9]\d{3,20}$/.test(request.uri.user ?? ''),
  },
  srtp_over_tls: { isEarly: false, isKept: ({ request, transport }) => transport !== 'tls' || offersKeys(request) },
  g711: { isEarly: false, isKept: ({ request }) => offersG711(request) },
  rate: {
    isEarly: false,
    isKept: ({ callsInLastSecond, callsPerSecond }) => callsPerSecond === null || callsInLastSecond <= callsPerSecond,
  },
};

function callerOf(request: SipRequest): string {
  return request.from.uri.user ?? '';
}

/** National digits name a number too, as long as they are enough to be one. */
function isOneOf(numbers: readonly string[], caller: string): boolean {
  const digits = caller.replace(/\D/g, '');
  return numbers.some((number) => number === caller || (digits.length >= 10 && number.endsWith(digits)));
}

function offersKeys(request: SipRequest): boolean {
  return request.body.includes('a=crypto:') || request.body.includes('RTP/SAVP');
}

/** An offer that is left to the carrier can be G.711 too. */
function offersG711(request: SipRequest): boolean {
  if (request.body.length === 0) return true;
  try {
    return parseSdp(request.body.toString()).media.some(
      ({ formats }) => formats.includes('0') || formats.includes('8'),
    );
  } catch (error) {
    if (error instanceof SdpParseError) return false;
    throw error;
  }
}
