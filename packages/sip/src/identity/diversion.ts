import { unquote } from '../message/grammar.ts';
import type { SipHeaders } from '../message/headers.ts';
import { parseNameAddr } from '../message/name-addr.ts';
import { type IdentityAddress, identityAddress } from './identity-address.ts';
import { readableList } from './readable-list.ts';

/** One step of a call's way to us (RFC 5806, RFC 7044). */
export interface Diversion {
  /** Who the call was for before. */
  readonly from: IdentityAddress;
  /** `unconditional`, `user-busy`, `no-answer`, ... as written; undefined when the header does not say. */
  readonly reason: string | undefined;
  /** How many diversions this entry stands for. */
  readonly count: number;
  /** The one who diverted does not want to be shown. */
  readonly isPrivate: boolean;
}

/** A counter larger than any forwarding loop a network lets live. */
const MAX_COUNT = 255;

/** The Diversion headers, the latest first (RFC 5806 3.2). */
export function readDiversions(headers: SipHeaders): readonly Diversion[] {
  return readableList(headers, 'Diversion', (value) => {
    const address = parseNameAddr(value);
    const parameter = (name: string) => unquote(address.parameters.get(name) ?? '');
    const count = Number.parseInt(parameter('counter'), 10);
    const privacy = parameter('privacy').toLowerCase();
    return {
      from: identityAddress(address),
      reason: parameter('reason').toLowerCase() || undefined,
      count: count >= 1 ? Math.min(count, MAX_COUNT) : 1,
      isPrivate: privacy !== '' && privacy !== 'off',
    };
  });
}
