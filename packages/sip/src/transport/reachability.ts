import { isIP, isIPv6 } from 'node:net';
import type { TransportName } from './flow.ts';
import { isLoopback, isPrivateAddress, type OwnAddress, ownAddresses } from './networks.ts';

/** The address carriers know us by, when it is not that of an interface of ours. */
export interface AdvertisedAddress {
  /** Name or literal address for Via, Contact and SDP. */
  readonly host: string;
  /** Port of UDP and TCP, when a router maps it to another one than we listen on. */
  readonly port?: number;
  readonly tlsPort?: number;
  /**
   * Networks in CIDR form whose hosts reach us without a NAT and get our own address instead. Default: loopback and
   * the private networks (RFC 1918, RFC 4193) our own interfaces are in.
   */
  readonly localNetworks?: readonly string[];
}

/** What a carrier sees of one transport. */
export interface TransportReachability {
  readonly transport: TransportName;
  /** Where we listen. */
  readonly host: string;
  readonly port: number;
  /** What Via and Contact say to a peer on the Internet. */
  readonly advertisedHost: string;
  readonly advertisedPort: number;
  readonly source: 'configured' | 'interface';
}

export interface ReachabilityFinding {
  readonly code: 'loopback_only' | 'all_interfaces_private' | 'advertised_is_private' | 'advertised_is_unspecified';
  readonly message: string;
}

/** What a self-check prints: each transport, and what would keep carriers from reaching it. */
export interface Reachability {
  readonly transports: readonly TransportReachability[];
  readonly findings: readonly ReachabilityFinding[];
}

export interface ReachabilityOptions {
  readonly host: string;
  readonly port: number;
  readonly tlsPort?: number;
  readonly advertised?: AdvertisedAddress;
  /** Default: those of this machine. */
  readonly addresses?: readonly OwnAddress[];
}

/** What carriers will see of us, and whether they can answer it. */
export function describeReachability(options: ReachabilityOptions): Reachability {
  const { host, port, tlsPort, advertised, addresses = ownAddresses() } = options;
  const outward = advertised?.host ?? outwardAddress(host, addresses);
  const source = advertised ? 'configured' : 'interface';
  const of = (transport: TransportName, ownPort: number, publicPort: number | undefined): TransportReachability => ({
    transport,
    host,
    port: ownPort,
    advertisedHost: outward,
    advertisedPort: publicPort ?? ownPort,
    source,
  });
  const transports = [of('udp', port, advertised?.port), of('tcp', port, advertised?.port)];
  if (tlsPort !== undefined) transports.push(of('tls', tlsPort, advertised?.tlsPort));
  return { transports, findings: findingsOf(host, outward, advertised) };
}

function findingsOf(
  host: string,
  outward: string,
  advertised: AdvertisedAddress | undefined,
): readonly ReachabilityFinding[] {
  if (isLoopback(host)) {
    const message = `SIP listens on ${host}, which only this machine can reach. Set HOST to 0.0.0.0 or :: for calls from outside.`;
    return [{ code: 'loopback_only', message }];
  }
  if (isIP(outward) === 0) return [];
  if (isUnspecified(outward)) {
    const message = `${outward} is advertised, which is no address anybody can answer to. Set PUBLIC_ADDRESS to the one carriers reach.`;
    return [{ code: 'advertised_is_unspecified', message }];
  }
  if (!isPrivateAddress(outward)) return [];
  const message = advertised
    ? `The advertised address ${outward} is private: only peers in that network can answer to it. Set PUBLIC_ADDRESS to the public one for carriers on the Internet.`
    : `All addresses of this machine are private (${outward}) and no public one is set: carriers on the Internet cannot answer to it. Set PUBLIC_ADDRESS to the address of your router, and forward the SIP and RTP ports.`;
  return [{ code: advertised ? 'advertised_is_private' : 'all_interfaces_private', message }];
}

/** The address a listener on `host` has towards the Internet: a public one of its family before a private one. */
function outwardAddress(host: string, addresses: readonly OwnAddress[]): string {
  if (!isUnspecified(host)) return host;
  const usable = addresses.filter(({ address }) => host === '::' || !isIPv6(address));
  const outside = usable.filter(({ isLoopback: internal }) => !internal);
  const best = outside.find(({ address }) => !isPrivateAddress(address)) ?? outside[0] ?? usable[0];
  return best?.address ?? host;
}

export function isUnspecified(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}
