import { lookup } from 'node:dns/promises';
import { isIP, isIPv6 } from 'node:net';
import type { Clock } from '../clock.ts';
import type { SipRequest } from '../message/message.ts';
import { writeHostPort } from '../message/uri.ts';
import { type Flow, isReliable, type Path } from './flow.ts';
import { LocalAddresses } from './local-address.ts';
import { TcpTransport } from './tcp.ts';
import { type TransportHandlers, UdpTransport } from './udp.ts';

/** RFC 3261 19.1.2. */
const DEFAULT_PORT = 5060;

/** The system may hand out a UDP port whose TCP twin is taken; twenty misses in a row mean something else is wrong. */
const BIND_ATTEMPTS = 20;

export interface TransportsOptions extends TransportHandlers {
  readonly host: string;
  readonly port: number;
  readonly advertised: { readonly host: string; readonly port?: number } | undefined;
  readonly clock: Clock;
}

/** All sockets of one endpoint: UDP and TCP under one port number. */
export class Transports {
  readonly port: number;
  readonly #options: TransportsOptions;
  readonly #udp: UdpTransport;
  readonly #tcp: TcpTransport;
  readonly #localAddresses = new LocalAddresses();

  private constructor(options: TransportsOptions, port: number, udp: UdpTransport, tcp: TcpTransport) {
    this.#options = options;
    this.port = port;
    this.#udp = udp;
    this.#tcp = tcp;
  }

  /** Rejects when the address or port cannot be had. */
  static async open(options: TransportsOptions): Promise<Transports> {
    for (let attempt = 1; ; attempt++) {
      const udp = new UdpTransport(options.host, options);
      const tcp = new TcpTransport(options, options.clock);
      const port = await udp.bind(options.host, options.port);
      try {
        await tcp.listen(options.host, port);
        return new Transports(options, port, udp, tcp);
      } catch (error) {
        await udp.close();
        if (options.port !== 0 || attempt >= BIND_ATTEMPTS) throw error;
      }
    }
  }

  /** A way to a host; for TCP a connection that exists is used again. Rejects when there is none. */
  async reach(transport: 'udp' | 'tcp', host: string, port: number | undefined): Promise<Flow> {
    // A socket bound to IPv4 cannot reach an IPv6 address.
    const family = isIPv6(this.#options.host) ? 0 : 4;
    const remoteAddress = isIP(host) === 0 ? (await lookup(host, { family })).address : host;
    const remotePort = port ?? DEFAULT_PORT;
    return transport === 'tcp'
      ? await this.#tcp.connect(remoteAddress, remotePort)
      : { transport, remoteAddress, remotePort };
  }

  /** False for a TCP connection that is closed. */
  isOpen(flow: Flow): boolean {
    return flow.transport === 'udp' || this.#tcp.isOpen(flow);
  }

  send(flow: Flow, bytes: Buffer, failed: () => void): void {
    (flow.transport === 'udp' ? this.#udp : this.#tcp).send(flow, bytes, failed);
  }

  /** Adds the address under which the peer of a flow can reach us. */
  async pathFor(flow: Flow): Promise<Path> {
    const { advertised, host } = this.#options;
    if (advertised) return { flow, address: writeHostPort(advertised.host, advertised.port ?? this.port) };
    const isWildcard = host === '0.0.0.0' || host === '::';
    const local = isWildcard
      ? (this.#tcp.localAddress(flow) ??
        (await this.#localAddresses.facing(flow.remoteAddress, this.#options.clock.nowMs())))
      : host;
    return { flow, address: writeHostPort(local, this.port) };
  }

  async close(): Promise<void> {
    await Promise.all([this.#udp.close(), this.#tcp.close()]);
  }
}

/**
 * Where the responses to a request go (RFC 3261 18.2.2, RFC 3581 4): back on its connection; over UDP to the source
 * port, unless a peer without `rport` names another port on the very address it sends from.
 */
export function responseFlow(request: SipRequest, source: Flow): Flow {
  if (isReliable(source)) return source;
  const { via } = request;
  if (via.parameters.has('rport') || via.host !== source.remoteAddress) return source;
  return { ...source, remotePort: via.port ?? DEFAULT_PORT };
}
