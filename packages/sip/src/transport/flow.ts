/** What carries a message; everything but UDP is reliable, in the sense of RFC 3261 17. */
export type TransportName = 'udp' | 'tcp' | 'tls';

/** What a TLS peer showed of itself; whether it is trusted is for the policy of the trunk to say. Plain data. */
export interface PeerCertificate {
  /** SHA-256 over the DER form, as pairs of upper-case hex digits with colons. */
  readonly fingerprint: string;
  /** `sip:` URIs of the subject alternative names, as written (RFC 5922 7.1). */
  readonly sipUris: readonly string[];
  /** DNS names of the subject alternative names, in lower case. */
  readonly dnsNames: readonly string[];
  readonly commonName?: string;
  /** Whether a certificate authority we know vouches for it. */
  readonly isTrusted: boolean;
}

/** A path that messages were seen on; answers and in-dialog requests go back along it. Plain data. */
export interface Flow {
  readonly transport: TransportName;
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** Names a TCP or TLS connection of this process. */
  readonly connection?: number;
  /** The certificate of a TLS peer that has one. */
  readonly peerCertificate?: PeerCertificate;
  /** Where the peer of a request takes responses when its connection is gone: the sent-by of its Via. */
  readonly sentBy?: { readonly host: string; readonly port: number };
}

/** Whether retransmission is the transport's business (RFC 3261 17). */
export function isReliable(flow: Flow): boolean {
  return flow.transport !== 'udp';
}

/** A flow together with the `host:port` under which its peer can reach us: what Via and Contact say. */
export interface Path {
  readonly flow: Flow;
  readonly address: string;
}

/**
 * The URI of our Contact on a path. `sips:` only where the other side began with it, since it demands TLS of every hop
 * (RFC 3261 8.1.1.8, 12.1.1, RFC 5630 3); else TLS is named by its parameter.
 */
export function contactUri({ flow, address }: Path, isSecure = false): string {
  if (isSecure) return `sips:${address}`;
  return flow.transport === 'udp' ? `sip:${address}` : `sip:${address};transport=${flow.transport}`;
}
