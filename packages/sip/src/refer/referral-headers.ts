import type { ExtraHeaders } from '../endpoint/call-ending.ts';
import type { Referral } from './referral-types.ts';
import { writeReplaces } from './replaces.ts';

/** Headers of the INVITE a referral asks for: who asked (RFC 3892 2), and the call it takes the place of (RFC 3891 5). */
export function referralHeaders({ referredBy, replaces }: Referral): ExtraHeaders {
  return {
    ...(referredBy === undefined ? {} : { 'Referred-By': referredBy }),
    ...(replaces === undefined ? {} : { Replaces: writeReplaces(replaces), Require: 'replaces' }),
  };
}
