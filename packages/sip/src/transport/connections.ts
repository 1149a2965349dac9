import type { Socket } from 'node:net';
import type { Clock, RunningTimer } from '../clock.ts';
import { sourceKey } from '../guard/source-key.ts';
import { Connection } from './connection.ts';
import type { Flow, PeerCertificate } from './flow.ts';
import { isLoopback } from './networks.ts';
import { plainAddress, type TransportHandlers } from './udp.ts';

/** Bounds what a flood of connections can take: about 10 kB each. */
export const MAX_CONNECTIONS = 4096;

/** A PBX uses one or two, a carrier's proxy one per worker process; a flood from one place must not take all. */
export const MAX_CONNECTIONS_PER_SOURCE = 20;

/** Nobody's call or registration lives on it, and no message came in that long: it only costs memory. */
const IDLE_MS = 15 * 60_000;

/** How often idle connections are looked for, which is how exact `IDLE_MS` is. */
const SWEEP_MS = 60_000;

/** RFC 5626 4.4.1: 120 s on streams; each waits 80 to 100 % of it, so that not all pings of a process go at once. */
const PING_INTERVAL_MS = 120_000;
const PING_SPREAD = 0.2;

export interface ConnectionCounters {
  readonly open: number;
  /** Not taken, because their source or the whole process has too many. */
  readonly refused: number;
  readonly closedIdle: number;
  readonly failedPings: number;
}

/** What makes an outgoing connection the right one for a destination. */
export interface ConnectionKey {
  readonly transport: 'tcp' | 'tls';
  readonly address: string;
  readonly port: number;
  /** The name its certificate was checked for, and the credentials it was made with. */
  readonly security?: string;
}

/** All connections of one endpoint, of both directions; each is used for whatever has to go to that peer. */
export class Connections {
  readonly #clock: Clock;
  readonly #handlers: TransportHandlers;
  readonly #byId = new Map<number, Connection>();
  readonly #byKey = new Map<string, Connection>();
  readonly #pings = new Map<Connection, RunningTimer>();
  /** Connections from outside, by address, or by the /64 that one host of IPv6 has to itself. */
  readonly #perSource = new Map<string, number>();
  #sweep: RunningTimer;
  #nextId = 1;
  #refused = 0;
  #closedIdle = 0;
  #failedPings = 0;

  constructor(handlers: TransportHandlers, clock: Clock) {
    this.#handlers = handlers;
    this.#clock = clock;
    this.#sweep = clock.start(SWEEP_MS, () => this.#closeIdle());
  }

  get counters(): ConnectionCounters {
    return {
      open: this.#byId.size,
      refused: this.#refused,
      closedIdle: this.#closedIdle,
      failedPings: this.#failedPings,
    };
  }

  /** Whether another connection from there is one too many; counts it as refused then. */
  refuses(source: string): boolean {
    const address = plainAddress(source);
    const isTooMany =
      this.#byId.size >= MAX_CONNECTIONS ||
      (!isLoopback(address) && (this.#perSource.get(sourceKey(address)) ?? 0) >= MAX_CONNECTIONS_PER_SOURCE);
    if (isTooMany) this.#refused++;
    return isTooMany;
  }

  /** Takes a connection that came from outside. */
  accept(socket: Socket, transport: 'tcp' | 'tls', peerCertificate?: PeerCertificate): Connection {
    const connection = this.#add(socket, transport, false, peerCertificate);
    const source = sourceKey(connection.flow.remoteAddress);
    this.#perSource.set(source, (this.#perSource.get(source) ?? 0) + 1);
    return connection;
  }

  /** Takes a connection that we made. */
  add(socket: Socket, key: ConnectionKey, peerCertificate?: PeerCertificate): Connection {
    const connection = this.#add(socket, key.transport, true, peerCertificate);
    this.#byKey.set(keyText(key), connection);
    this.#planPing(connection);
    return connection;
  }

  /** The connection of a flow. A flow that outlived its process names a connection that is not ours. */
  of(flow: Flow): Connection | undefined {
    if (flow.connection === undefined) return undefined;
    const connection = this.#byId.get(flow.connection);
    const isSame =
      connection?.flow.remotePort === flow.remotePort && connection.flow.remoteAddress === flow.remoteAddress;
    return isSame ? connection : undefined;
  }

  /** A connection that was made to that place in that way. */
  madeTo(key: ConnectionKey): Connection | undefined {
    return this.#byKey.get(keyText(key));
  }

  /** The first connection that came from outside and fulfils the condition. */
  accepted(condition: (flow: Flow) => boolean): Connection | undefined {
    for (const connection of this.#byId.values()) {
      if (!connection.isOutgoing && condition(connection.flow)) return connection;
    }
    return undefined;
  }

  close(): void {
    this.#sweep.cancel();
    for (const connection of this.#byId.values()) connection.end();
  }

  #add(socket: Socket, transport: 'tcp' | 'tls', isOutgoing: boolean, peerCertificate?: PeerCertificate): Connection {
    const id = this.#nextId++;
    const connection = new Connection(socket, {
      flow: {
        transport,
        remoteAddress: plainAddress(socket.remoteAddress ?? ''),
        remotePort: socket.remotePort ?? 0,
        connection: id,
        ...(peerCertificate === undefined ? {} : { peerCertificate }),
      },
      clock: this.#clock,
      isOutgoing,
      message: (bytes, flow) => this.#handlers.message(bytes, flow),
      closed: (closed) => this.#remove(id, closed),
      pingFailed: () => {
        this.#failedPings++;
      },
    });
    this.#byId.set(id, connection);
    return connection;
  }

  #remove(id: number, connection: Connection): void {
    this.#byId.delete(id);
    this.#pings.get(connection)?.cancel();
    this.#pings.delete(connection);
    if (connection.isOutgoing) {
      for (const [key, one] of this.#byKey) if (one === connection) this.#byKey.delete(key);
    } else {
      const source = sourceKey(connection.flow.remoteAddress);
      const left = (this.#perSource.get(source) ?? 0) - 1;
      if (left > 0) this.#perSource.set(source, left);
      else this.#perSource.delete(source);
    }
    this.#handlers.connectionLost(id);
  }

  #planPing(connection: Connection): void {
    const delayMs = PING_INTERVAL_MS * (1 - PING_SPREAD * Math.random());
    const timer = this.#clock.start(delayMs, () => {
      connection.ping();
      this.#planPing(connection);
    });
    this.#pings.set(connection, timer);
  }

  #closeIdle(): void {
    const idleSinceMs = this.#clock.nowMs() - IDLE_MS;
    for (const connection of this.#byId.values()) {
      if (connection.isWatched || connection.isEnding || connection.lastMessageMs > idleSinceMs) continue;
      this.#closedIdle++;
      connection.end();
    }
    this.#sweep = this.#clock.start(SWEEP_MS, () => this.#closeIdle());
  }
}

function keyText({ transport, address, port, security = '' }: ConnectionKey): string {
  return `${transport} ${address} ${port} ${security}`;
}
