import { isIPv6 } from 'node:net';
import {
  type CodecName,
  identityHeaders,
  parseUri,
  type RegistrationOptions,
  type TlsClientOptions,
} from '@dialplane/sip';
import type { MediaEncryption } from './media-encryption.ts';
import { type NumberPolicy, writtenNumber } from './outgoing-number.ts';
import type { TrunkLimits } from './trunk-limits.ts';

/** A way out through a carrier or a PBX. */
export interface OutgoingTrunk extends TrunkLimits {
  readonly id: string;
  readonly orgId: string;
  /** For people. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly transport: 'udp' | 'tcp' | 'tls';
  /** Account at the carrier; null where it knows us otherwise. Digest may use another name. */
  readonly username: string | null;
  /** Digest; undefined where the carrier knows us by our address or certificate. */
  readonly credentials: { readonly username: string; readonly password: string } | undefined;
  /** On TLS: a client certificate with its key, for carriers that want one, and further authorities to trust. */
  readonly tls: TlsClientOptions | undefined;
  /** User of From; null: the caller number. */
  readonly fromUser: string | null;
  /** Host of From; null: the trunk's. */
  readonly fromDomain: string | null;
  /** `host`, `host:port` or a SIP URI that requests go to first. */
  readonly outboundProxy: string | null;
  /** E.164, or an extension where the policy is `extension`. */
  readonly callerNumber: string;
  readonly numberPolicy: NumberPolicy;
  /** ISO 3166 alpha-2 that the carrier reads national numbers in. */
  readonly country: string;
  /** ISO 3166 alpha-2; empty: every country. */
  readonly allowedCountries: readonly string[];
  /** Best first. */
  readonly codecs: readonly CodecName[];
  readonly mediaEncryption: MediaEncryption;
}

/** What our offers over a trunk ask for: a key in clear text protects nothing (RFC 4568 7), so "allow" is for TLS. */
export function outgoingEncryption({ mediaEncryption, transport }: OutgoingTrunk): MediaEncryption {
  return mediaEncryption === 'allow' && transport !== 'tls' ? 'off' : mediaEncryption;
}

/** What an INVITE over a trunk is addressed with (RFC 3261 8.1.1). */
export interface OutgoingAddresses {
  readonly target: string;
  readonly from: string;
  readonly outboundProxy: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/** RFC 3261 19.1.2: the ports that are meant when none is named. */
const usualPorts = { udp: 5060, tcp: 5060, tls: 5061 } as const;

/** @param called E.164, or an extension where the trunk dials those. */
export function outgoingAddresses(trunk: OutgoingTrunk, called: string): OutgoingAddresses {
  const written = (number: string) => uriUser(writtenNumber(number, trunk.numberPolicy, trunk.country));
  const domain = uriHost(trunk.fromDomain ?? trunk.host);
  const caller = `sip:${written(trunk.callerNumber)}@${domain}`;
  return {
    target: `sip:${written(called)}@${hostOf(trunk)}`,
    from: trunk.fromUser === null ? caller : `sip:${uriUser(trunk.fromUser)}@${domain}`,
    outboundProxy: trunk.outboundProxy === null ? undefined : proxyUri(trunk.outboundProxy, trunk.transport),
    // A From that names an account leaves the caller's number to be asserted (RFC 3325 9.1).
    headers: trunk.fromUser === null ? {} : identityHeaders({ asserted: { uri: caller } }),
  };
}

/** Name or address of whom requests of a trunk go to. */
export function firstHop({ host, outboundProxy, transport }: OutgoingTrunk): string {
  return outboundProxy === null ? host : parseUri(proxyUri(outboundProxy, transport)).host;
}

/** A trunk's account at its registrar, which is the trunk's host (RFC 3261 10.2). */
export function registrationOf(trunk: OutgoingTrunk): Omit<RegistrationOptions, 'onChange'> {
  const { outboundProxy, credentials, tls } = trunk;
  const user = trunk.username ?? trunk.fromUser ?? trunk.callerNumber;
  return {
    owner: trunk.id,
    registrar: `sip:${hostOf(trunk)}`,
    addressOfRecord: `sip:${uriUser(user)}@${uriHost(trunk.fromDomain ?? trunk.host)}`,
    ...(credentials ? { credentials } : {}),
    ...(outboundProxy === null ? {} : { outboundProxy: proxyUri(outboundProxy, trunk.transport) }),
    ...(tls ? { tls } : {}),
  };
}

/** `host`, `host:port` or `host;transport=tcp`, as it stands in a URI. */
function hostOf({ host, port, transport }: OutgoingTrunk): string {
  // A port that goes without saying is left out: one that is said keeps SRV records from being asked (RFC 3263 4.2).
  const stated = port === usualPorts[transport] ? '' : `:${port}`;
  return `${uriHost(host)}${stated}${transport === 'udp' ? '' : `;transport=${transport}`}`;
}

/** The way to a proxy is the trunk's too, unless its URI says another: what is meant for TLS must not go out in the open. */
function proxyUri(text: string, transport: OutgoingTrunk['transport']): string {
  const uri = /^sips?:/i.test(text) ? text : `sip:${isIPv6(text) ? `[${text}]` : text}`;
  const saysHow = transport === 'udp' || /^sips:|;transport=/i.test(uri);
  const reached = saysHow ? uri : `${uri};transport=${transport}`;
  return /;lr\b/i.test(reached) ? reached : `${reached};lr`;
}

const uriHost = (host: string): string => (isIPv6(host) ? `[${host}]` : host);

/** Escapes what may not stand in the user part of a SIP URI (RFC 3261 25.1). */
function uriUser(user: string): string {
  return encodeURIComponent(user).replace(/%(?:2B|24|26|2C|3B|3D|3F|2F)/g, (escaped) => decodeURIComponent(escaped));
}
