import { isIP, isIPv6 } from 'node:net';
import type { SipUri } from '../message/uri.ts';
import type { TransportName } from '../transport/flow.ts';
import { TransportError } from '../transport/transport-error.ts';
import type { DnsAnswer, DnsClient, NaptrRecord } from './dns.ts';
import { orderSrv } from './srv-order.ts';

/** One place to try. */
export interface Candidate {
  readonly transport: TransportName;
  /** A literal address. */
  readonly address: string;
  readonly port: number;
}

export interface LocateOptions {
  readonly dns: DnsClient;
  /** What our sockets can reach. */
  readonly families: readonly (4 | 6)[];
  /** Wins over the URI's parameter; `sips:` is TLS in any case. */
  readonly transport?: TransportName;
  /** From 0 to below 1. */
  readonly random?: () => number;
}

/** RFC 3261 19.1.2. */
export const DEFAULT_PORT = 5060;
export const DEFAULT_TLS_PORT = 5061;

/** RFC 3263 4.1: NAPTR services, in the order we ask for SRV records when there are none. */
const services: readonly { readonly transport: TransportName; readonly service: string; readonly srv: string }[] = [
  { transport: 'udp', service: 'SIP+D2U', srv: '_sip._udp' },
  { transport: 'tcp', service: 'SIP+D2T', srv: '_sip._tcp' },
  { transport: 'tls', service: 'SIPS+D2T', srv: '_sips._tcp' },
];

/** A caller does not wait for more than this many places to fail. */
const MOST_CANDIDATES = 10;

/** A name with SRV records, and the transport they are for. */
interface Service {
  readonly transport: TransportName;
  readonly name: string;
}

/**
 * Where requests to a SIP or SIPS URI go, best first (RFC 3263 4): NAPTR, SRV and address records, with the steps a literal
 * address, an explicit port or an explicit transport makes needless left out. Never empty.
 * @throws TransportError when there is no place at all.
 */
export async function locate(uri: SipUri, options: LocateOptions): Promise<readonly Candidate[]> {
  const host = hostOf(uri);
  const stated = uri.scheme === 'sips' ? statedTransport(uri) : (options.transport ?? statedTransport(uri));
  const transport = stated ?? (uri.scheme === 'sips' ? 'tls' : 'udp');
  if (isIP(host) === 0 && uri.port === undefined) {
    const found = await atServices(await servicesOf(host, uri, stated, options.dns), options);
    if (found.length > 0) return found;
  }
  const port = uri.port ?? (transport === 'tls' ? DEFAULT_TLS_PORT : DEFAULT_PORT);
  const addresses = await addressesOf(host, options);
  if (addresses.length > 0) return addresses.map((address) => ({ transport, address, port }));
  throw isIP(host) === 0
    ? new TransportError(
        'no_such_host',
        'theirs',
        `DNS knows no address of ${host}. Check the spelling, and that this machine's DNS server answers.`,
      )
    : new TransportError(
        'no_address_of_our_family',
        'ours',
        `${host} is an IPv${isIP(host)} address, and SIP listens on IPv${options.families.join(' and IPv')} only. Listen on :: for both.`,
      );
}

/** RFC 3261 19.1.1: `maddr` overrides the host; the `.` at the end of a full domain name means nothing here. */
function hostOf(uri: SipUri): string {
  const host = uri.parameters.get('maddr') ?? uri.host;
  const literal = host.startsWith('[') ? host.slice(1, -1) : host;
  return literal.endsWith('.') ? literal.slice(0, -1) : literal;
}

/** `sips:` goes over TLS whatever its parameter says (RFC 3261 19.1.2, RFC 5630 3.1). */
function statedTransport(uri: SipUri): TransportName | undefined {
  const parameter = uri.parameters.get('transport')?.toLowerCase();
  if (uri.scheme === 'sips') return parameter === undefined ? undefined : 'tls';
  return parameter === 'udp' || parameter === 'tcp' || parameter === 'tls' ? parameter : undefined;
}

/** RFC 3263 4.1: what the domain's NAPTR records name, else the usual SRV names. */
async function servicesOf(
  host: string,
  uri: SipUri,
  stated: TransportName | undefined,
  dns: DnsClient,
): Promise<readonly Service[]> {
  const usable = services.filter(({ transport }) =>
    stated === undefined ? uri.scheme !== 'sips' || transport === 'tls' : transport === stated,
  );
  if (stated === undefined) {
    const named = namedServices(await recordsOf(dns.naptr(host)), usable);
    if (named.length > 0) return named;
  }
  return usable.map(({ transport, srv }) => ({ transport, name: `${srv}.${host}` }));
}

function namedServices(records: readonly NaptrRecord[], usable: typeof services): Service[] {
  const sorted = [...records].sort((one, other) => one.order - other.order || one.preference - other.preference);
  return sorted.flatMap(({ service, flags, replacement }) => {
    const known = usable.find((one) => one.service === service.toUpperCase());
    return known && flags.toLowerCase() === 's' ? [{ transport: known.transport, name: replacement }] : [];
  });
}

/** Places of several services, those of the first one first. */
async function atServices(wanted: readonly Service[], options: LocateOptions): Promise<readonly Candidate[]> {
  const answers = await Promise.all(
    wanted.map(async ({ transport, name }) => ({ transport, records: await recordsOf(options.dns.srv(name)) })),
  );
  const candidates: Candidate[] = [];
  for (const { transport, records } of answers) {
    for (const { name, port } of orderSrv(records, options.random ?? Math.random)) {
      // RFC 2782: a target of "." says that the service is decidedly not there.
      if (name === '' || name === '.') continue;
      for (const address of await addressesOf(name, options)) candidates.push({ transport, address, port });
      if (candidates.length >= MOST_CANDIDATES) return candidates.slice(0, MOST_CANDIDATES);
    }
  }
  return candidates;
}

/** Addresses of the families we can reach, IPv4 first: a broken IPv6 route costs each call a timeout. */
async function addressesOf(host: string, { dns, families }: LocateOptions): Promise<readonly string[]> {
  if (isIP(host) !== 0) return families.includes(isIPv6(host) ? 6 : 4) ? [host] : [];
  const found = await Promise.all(families.map((family) => recordsOf(dns.addresses(host, family))));
  return found.flat();
}

/** A step that cannot be answered is left out: a resolver that does not know NAPTR must not cost the call. */
async function recordsOf<T>(answer: Promise<DnsAnswer<T>>): Promise<readonly T[]> {
  try {
    return (await answer).records;
  } catch {
    return [];
  }
}
