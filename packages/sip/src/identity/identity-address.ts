import type { NameAddr } from '../message/name-addr.ts';
import type { SipUri } from '../message/uri.ts';

/** Who an address speaks of. */
export interface IdentityAddress {
  /** Number or name, without the parameters carriers put behind it (`;verstat=`, `;cpc=`, `;npdi`); undefined for a URI without user. */
  readonly user: string | undefined;
  /** Empty for `tel:`. */
  readonly host: string;
  readonly displayName: string | undefined;
  /** As written. */
  readonly uri: string;
}

export function identityAddress({ uri, displayName }: NameAddr): IdentityAddress {
  return { user: bareUser(uri), host: uri.host, displayName, uri: uri.text };
}

/** The user part up to its first parameter (RFC 3261 19.1.6, RFC 4694). */
function bareUser({ user }: SipUri): string | undefined {
  const semicolon = user?.indexOf(';') ?? -1;
  return semicolon < 0 ? user : user?.slice(0, semicolon);
}

/** A parameter of an address wherever carriers put it: behind the number, on the URI, or on the header. */
export function addressParameter({ uri, parameters }: NameAddr, name: string): string | undefined {
  for (const part of uri.user?.split(';').slice(1) ?? []) {
    const equals = part.indexOf('=');
    if (equals > 0 && part.slice(0, equals).toLowerCase() === name) return part.slice(equals + 1);
  }
  return uri.parameters.get(name) ?? parameters.get(name);
}
