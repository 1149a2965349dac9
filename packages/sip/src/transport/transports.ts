import { isIP } from 'node:net';
import { type SipUri, writeHostPort } from '../message/uri.ts';
import type { DnsClient } from '../resolve/dns.ts';
import { cachedDns } from '../resolve/dns-cache.ts';
import { FailedPlaces } from '../resolve/failed-places.ts';
import { type Candidate, locate } from '../resolve/locate.ts';
import { nodeDns } from '../resolve/node-dns.ts';
import { Route, type RouteAttempt, type RouteStep } from '../resolve/route.ts';
import type { ConnectionCounters } from './connections.ts';
import type { TlsClientOptions } from './dial.ts';
import type { Flow, Path, TransportName } from './flow.ts';
import { LARGEST_UDP_REQUEST_BYTES } from './large-request.ts';
import { LocalAddresses } from './local-address.ts';
import { LocalPeers } from './local-peers.ts';
import { addressFamilies, ownPrivateNetworks } from './networks.ts';
import { type AdvertisedAddress, describeReachability, isUnspecified, type Reachability } from './reachability.ts';
import { openSockets, type Sockets, type SocketsOptions } from './sockets.ts';
import { StreamDialer } from './stream-dialer.ts';
import type { TlsIdentity } from './tls-acceptor.ts';
import { UdpKeepalives } from './udp-keepalives.ts';

/** Shorter than the 32 s of a transaction, so that another way can be tried. */
const CONNECT_TIMEOUT_MS = 5_000;

/** TCP for the sake of size only: UDP is at hand, and the caller waits. */
const CONNECT_FOR_SIZE_TIMEOUT_MS = 2_000;

export interface TransportsOptions extends SocketsOptions {
  readonly advertised: AdvertisedAddress | undefined;
  /** Default: the system's. */
  readonly dns?: DnsClient | undefined;
}

/** Where a socket of ours is. */
export interface LocalPlace {
  readonly address: string;
  readonly port: number;
}

/** How to find and secure the way to a URI. */
export interface RouteRequest {
  /** Wins over the URI's parameter. */
  readonly transport?: TransportName | undefined;
  /** Of the request to be sent, for RFC 3261 18.1.1. */
  readonly sizeBytes?: number | undefined;
  readonly tls?: TlsClientOptions | undefined;
  readonly onAttempt?: ((attempt: RouteAttempt) => void) | undefined;
}

/** What happened on the sockets since they were opened. */
export interface TransportCounters {
  readonly connections: ConnectionCounters;
  /** Handshakes refused because too many were going on. */
  readonly refusedHandshakes: number;
  /** Requests above 1,300 bytes for which TCP was tried, and those that went over UDP after all (RFC 3261 18.1.1). */
  readonly largeRequests: number;
  readonly largeRequestsOverUdp: number;
}

/** All sockets of one endpoint: UDP and TCP under one port number, and TLS under its own. */
export class Transports {
  readonly port: number;
  /** Where TLS is listened for; undefined without a certificate. */
  readonly tlsPort: number | undefined;
  readonly #options: TransportsOptions;
  readonly #sockets: Sockets;
  readonly #localAddresses = new LocalAddresses();
  readonly #localPeers: LocalPeers;
  readonly #keepalives: UdpKeepalives;
  readonly #dialer: StreamDialer;
  readonly #dns: DnsClient;
  readonly #places: FailedPlaces;
  #largeRequests = 0;
  #largeRequestsOverUdp = 0;
  #closing: Promise<void> | undefined;

  private constructor(options: TransportsOptions, sockets: Sockets) {
    const { advertised, clock } = options;
    this.#options = options;
    this.#sockets = sockets;
    this.port = sockets.port;
    this.tlsPort = sockets.tlsPort;
    this.#localPeers = new LocalPeers(advertised?.localNetworks ?? ownPrivateNetworks());
    this.#keepalives = new UdpKeepalives(clock, (flow, bytes) => sockets.udp.send(flow, bytes, () => {}));
    this.#dialer = new StreamDialer(sockets.connections, isUnspecified(options.host) ? undefined : options.host);
    this.#dns = cachedDns(options.dns ?? nodeDns(), clock);
    this.#places = new FailedPlaces(clock);
  }

  /** Rejects when the address or a port cannot be had, or the certificate cannot be used. */
  static async open(options: TransportsOptions): Promise<Transports> {
    return new Transports(options, await openSockets(options));
  }

  get counters(): TransportCounters {
    return {
      connections: this.#sockets.connections.counters,
      refusedHandshakes: this.#sockets.tls?.refused ?? 0,
      largeRequests: this.#largeRequests,
      largeRequestsOverUdp: this.#largeRequestsOverUdp,
    };
  }

  /** What a carrier sees of each transport. */
  get reachability(): Reachability {
    const { host, advertised } = this.#options;
    return describeReachability({
      host,
      port: this.port,
      ...(this.tlsPort === undefined ? {} : { tlsPort: this.tlsPort }),
      ...(advertised === undefined ? {} : { advertised }),
    });
  }

  /** A new certificate, for the connections from now on. @throws Error when it cannot be used, or TLS is not listened for. */
  setTlsIdentity(identity: TlsIdentity): void {
    if (!this.#sockets.tls) throw new Error('TLS is not listened for: open the endpoint with a certificate');
    this.#sockets.tls.setIdentity(identity);
  }

  /** The places a request to a URI may go to (RFC 3263). @throws TransportError when there are none. */
  async routesTo(uri: SipUri, request: RouteRequest = {}): Promise<Route> {
    const { transport, tls = {}, onAttempt, sizeBytes = 0 } = request;
    const candidates = await locate(uri, {
      dns: this.#dns,
      families: addressFamilies(this.#options.host),
      ...(transport === undefined ? {} : { transport }),
    });
    const domain = isIP(uri.host) !== 0 && tls.serverName !== undefined ? tls.serverName : uri.host;
    const mayChoose = transport === undefined && !uri.parameters.has('transport');
    const isLarge = mayChoose && sizeBytes > LARGEST_UDP_REQUEST_BYTES;
    if (isLarge) this.#largeRequests++;
    const ordered = this.#places.order(candidates);
    const steps = isLarge ? ordered.flatMap((candidate) => this.#stepsForSize(candidate)) : ordered;
    return this.#route(steps, domain, tls, onAttempt);
  }

  /** The ways to the peer of a UDP flow for a request that is too large for one datagram (RFC 3261 18.1.1). */
  routeForSize({ remoteAddress: address, remotePort: port }: Flow): Route {
    this.#largeRequests++;
    return this.#route(this.#stepsForSize({ transport: 'udp', address, port }), address, {}, undefined);
  }

  /** False for a connection that is closed. */
  isOpen(flow: Flow): boolean {
    return flow.transport === 'udp' || this.#sockets.connections.of(flow) !== undefined;
  }

  /**
   * Calls back once when the connection of a flow is gone, and keeps it from being closed as idle until then. Returns how to
   * stop. UDP flows are never gone; a flow that is gone already calls back soon.
   */
  onFlowLost(flow: Flow, lost: () => void): () => void {
    if (flow.transport === 'udp') return () => {};
    const connection = this.#sockets.connections.of(flow);
    if (connection) return connection.watch(lost);
    let isWaiting = true;
    queueMicrotask(() => {
      if (isWaiting) lost();
    });
    return () => {
      isWaiting = false;
    };
  }

  /** Keeps the NAT in front of a flow open (RFC 5626 4.4); connections do that by themselves. Returns how to stop. */
  keepAlive(flow: Flow): () => void {
    return flow.transport === 'udp' ? this.#keepalives.start(flow) : () => {};
  }

  send(flow: Flow, bytes: Buffer, failed: () => void): void {
    if (flow.transport === 'udp') {
      this.#sockets.udp.send(flow, bytes, failed);
      return;
    }
    const connection = this.#sockets.connections.of(flow);
    if (connection) connection.send(bytes, failed);
    // A transaction must hear of it after its own call has returned.
    else if (flow.sentBy === undefined) queueMicrotask(failed);
    else void this.#sendAnew(flow, flow.sentBy, bytes, failed);
  }

  /** Hears no more of a flow: closes its connection, where it has one. */
  drop(flow: Flow): void {
    this.#sockets.connections.of(flow)?.destroy();
  }

  /** Adds the address under which the peer of a flow can reach us. */
  async pathFor(flow: Flow): Promise<Path> {
    const known = this.knownPathFor(flow);
    return known ?? { flow, address: writeHostPort(await this.#localAddress(flow), this.#ownPort(flow)) };
  }

  /** The same at once; undefined when the system has to be asked for our address. */
  knownPathFor(flow: Flow): Path | undefined {
    const { host } = this.#options;
    const advertised = this.#advertisedTo(flow);
    if (!advertised && isUnspecified(host)) return undefined;
    const port = flow.transport === 'tls' ? advertised?.tlsPort : advertised?.port;
    return { flow, address: writeHostPort(advertised?.host ?? host, port ?? this.#ownPort(flow)) };
  }

  /** The same without the port. */
  async addressFor(peer: Flow): Promise<string> {
    return this.#advertisedTo(peer)?.host ?? (await this.#localAddress(peer));
  }

  /** Our end of a flow as packets have it, whatever is advertised. */
  async localPlace(flow: Flow): Promise<LocalPlace> {
    const port = this.#sockets.connections.of(flow)?.localPort ?? this.#ownPort(flow);
    return { address: await this.#localAddress(flow), port };
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#keepalives.close();
    this.#dialer.close();
    const { udp, connections, listeners } = this.#sockets;
    connections.close();
    await Promise.all([udp.close(), ...listeners.map((listener) => listener.close())]);
  }

  /** A response whose connection is gone goes to the port the request names, at the address it came from (RFC 3261 18.2.2). */
  async #sendAnew(
    { transport, remoteAddress: address }: Flow,
    { host, port }: { readonly host: string; readonly port: number },
    bytes: Buffer,
    failed: () => void,
  ): Promise<void> {
    try {
      const flow = await this.#connect({ transport, address, port }, host, {});
      this.send(flow, bytes, failed);
    } catch {
      failed();
    }
  }

  /** A peer on a network of ours gets our own address. */
  #advertisedTo({ remoteAddress }: Flow): AdvertisedAddress | undefined {
    return this.#localPeers.has(remoteAddress) ? undefined : this.#options.advertised;
  }

  async #localAddress(flow: Flow): Promise<string> {
    const { host, clock } = this.#options;
    if (!isUnspecified(host)) return host;
    return (
      this.#sockets.connections.of(flow)?.localAddress ??
      (await this.#localAddresses.facing(flow.remoteAddress, clock.nowMs()))
    );
  }

  /** Without a TLS port of ours, the port of the connection itself: nobody can open another one anyway. */
  #ownPort(flow: Flow): number {
    if (flow.transport !== 'tls') return this.port;
    return this.tlsPort ?? this.#sockets.connections.of(flow)?.localPort ?? this.port;
  }

  #route(
    steps: readonly RouteStep[],
    domain: string,
    tls: TlsClientOptions,
    onAttempt: RouteRequest['onAttempt'],
  ): Route {
    return new Route({
      steps,
      places: this.#places,
      connect: async (step) => this.pathFor(await this.#connect(step, domain, tls)),
      backToUdp: () => {
        this.#largeRequestsOverUdp++;
      },
      ...(onAttempt === undefined ? {} : { onAttempt }),
    });
  }

  /** TCP before UDP, where TCP is not known to fail (RFC 3261 18.1.1). */
  #stepsForSize(candidate: Candidate): RouteStep[] {
    if (candidate.transport !== 'udp') return [candidate];
    if (!this.#places.isWithoutTcp(candidate)) return [{ ...candidate, transport: 'tcp', isForSize: true }, candidate];
    this.#largeRequestsOverUdp++;
    return [candidate];
  }

  /** @param domain whom a TLS certificate must name: the host before DNS was asked (RFC 5922 4). */
  async #connect(step: RouteStep, domain: string, tls: TlsClientOptions): Promise<Flow> {
    const { transport, address, port } = step;
    if (transport === 'udp') return { transport, remoteAddress: address, remotePort: port };
    const timeoutMs = step.isForSize ? CONNECT_FOR_SIZE_TIMEOUT_MS : CONNECT_TIMEOUT_MS;
    return transport === 'tcp'
      ? this.#dialer.tcp(address, port, timeoutMs)
      : this.#dialer.tls(address, port, { timeoutMs, serverName: domain, tls });
  }
}
