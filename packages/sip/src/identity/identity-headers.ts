import type { ExtraHeaders } from '../endpoint/call-ending.ts';
import { quote } from '../message/grammar.ts';
import { parseUri } from '../message/uri.ts';
import type { PrivacyValue } from './privacy.ts';

export interface WrittenAddress {
  /** `sip:+12025550100@host` or `tel:+12025550100`. */
  readonly uri: string;
  readonly displayName?: string;
}

/** What an INVITE of ours says about who calls, beside its From. */
export interface IdentityOptions {
  /** P-Asserted-Identity: only for a carrier that trusts us to assert (RFC 3325 5). */
  readonly asserted?: WrittenAddress;
  /** P-Preferred-Identity: for a carrier that asserts itself and wants a hint (RFC 3325 6). */
  readonly preferred?: WrittenAddress;
  readonly privacy?: readonly PrivacyValue[];
  /** For a call that is passed on: who it was for (RFC 5806). */
  readonly diversion?: WrittenAddress & { readonly reason?: string };
}

/** From of a caller who does not want to be shown (RFC 3323 4.1.1.3); who it is stands in P-Asserted-Identity alone. */
export const anonymousFrom: Required<WrittenAddress> = {
  uri: 'sip:anonymous@anonymous.invalid',
  displayName: 'Anonymous',
};

/**
 * The headers for the options of a call.
 * @throws SipParseError when one of the URIs is none.
 */
export function identityHeaders(options: IdentityOptions): ExtraHeaders {
  const headers: Record<string, string> = {};
  const { asserted, preferred, privacy, diversion } = options;
  if (asserted) headers['P-Asserted-Identity'] = written(asserted);
  if (preferred) headers['P-Preferred-Identity'] = written(preferred);
  if (privacy && privacy.length > 0) headers.Privacy = privacy.join(';');
  if (diversion) headers.Diversion = `${written(diversion)};reason=${diversion.reason ?? 'unknown'};counter=1`;
  return headers;
}

function written({ uri, displayName }: WrittenAddress): string {
  parseUri(uri);
  return `${displayName === undefined ? '' : `${quote(displayName)} `}<${uri}>`;
}
