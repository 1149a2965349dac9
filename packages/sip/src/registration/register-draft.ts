import type { AuthorizationHeader } from '../digest/client.ts';
import { SipHeaders } from '../message/headers.ts';
import type { RequestDraft } from '../message/serialiser.ts';

export interface RegisterDraft {
  readonly registrar: string;
  readonly outboundProxy: string | undefined;
  readonly addressOfRecord: string;
  readonly callId: string;
  readonly fromTag: string;
  readonly sequence: number;
  /** Contact URIs with the time each shall live; 0 removes one. */
  readonly contacts: readonly { readonly uri: string; readonly expiresSeconds: number }[];
  readonly allow: string;
  readonly userAgent: string;
  readonly authorizations: readonly AuthorizationHeader[];
}

/** A REGISTER (RFC 3261 10.2). The time stands in Contact and in Expires, since registrars read one or the other. */
export function registerDraft(draft: RegisterDraft): RequestDraft {
  const headers = new SipHeaders();
  if (draft.outboundProxy !== undefined) headers.append('Route', looseRoute(draft.outboundProxy));
  headers
    .append('Max-Forwards', '70')
    .append('From', `<${draft.addressOfRecord}>;tag=${draft.fromTag}`)
    .append('To', `<${draft.addressOfRecord}>`)
    .append('Call-ID', draft.callId)
    .append('CSeq', `${draft.sequence} REGISTER`);
  for (const { uri, expiresSeconds } of draft.contacts) headers.append('Contact', `<${uri}>;expires=${expiresSeconds}`);
  headers.append('Expires', String(draft.contacts[0]?.expiresSeconds ?? 0));
  for (const { name, value } of draft.authorizations) headers.append(name, value);
  headers.append('Allow', draft.allow).append('User-Agent', draft.userAgent);
  return { method: 'REGISTER', uri: draft.registrar, headers };
}

function looseRoute(proxy: string): string {
  return /;lr(?:[;=]|$)/.test(proxy) ? `<${proxy}>` : `<${proxy};lr>`;
}
