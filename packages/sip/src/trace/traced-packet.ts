/** One SIP message with both ends, as captures of it are written. */
export interface TracedPacket {
  /** Since 1970, with fractions. */
  readonly atMs: number;
  readonly transport: 'udp' | 'tcp' | 'tls';
  readonly source: Endpoint;
  readonly destination: Endpoint;
  readonly payload: Buffer;
}

export interface Endpoint {
  /** IPv4 or IPv6, as text. */
  readonly address: string;
  readonly port: number;
}
