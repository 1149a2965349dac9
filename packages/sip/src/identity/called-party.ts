import type { SipRequest } from '../message/message.ts';
import { parseNameAddr } from '../message/name-addr.ts';
import { type IdentityAddress, identityAddress } from './identity-address.ts';
import { readableList } from './readable-list.ts';

/** Whom the call is for in the words of the last network, which may have put something else into the Request-URI (RFC 7315 4.2). */
export function calledParty({ headers }: SipRequest): IdentityAddress | undefined {
  return readableList(headers, 'P-Called-Party-ID', parseNameAddr).map(identityAddress)[0];
}
