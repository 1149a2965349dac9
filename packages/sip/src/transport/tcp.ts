import { once } from 'node:events';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import type { Clock, RunningTimer } from '../clock.ts';
import type { Flow } from './flow.ts';
import { StreamFraming } from './stream-framing.ts';
import { plainAddress, type TransportHandlers } from './udp.ts';

/** Bounds what a flood of connections can take: about 10 kB each. */
const MAX_CONNECTIONS = 4096;

/** A message that is not complete after the life of a transaction (RFC 3261 64*T1) never will be. */
const INCOMPLETE_MESSAGE_MS = 32_000;

/** A peer that reads nothing while a megabyte waits for it is gone or hostile. */
const MAX_UNSENT_BYTES = 1024 * 1024;

/** Finds peers that vanished without a word before NAT tables forget them. */
const KEEPALIVE_MS = 60_000;

/** Shorter than the 32 s of a transaction, so that another way can be tried. */
const CONNECT_TIMEOUT_MS = 5_000;

interface Connection {
  readonly socket: Socket;
  readonly flow: Flow;
  readonly localAddress: string;
}

/** SIP over TCP (RFC 3261 18): connections of both directions are used for whatever has to go to that peer. */
export class TcpTransport {
  readonly #server: Server;
  readonly #clock: Clock;
  readonly #handlers: TransportHandlers;
  readonly #connections = new Map<number, Connection>();
  #nextConnection = 1;

  constructor(handlers: TransportHandlers, clock: Clock) {
    this.#handlers = handlers;
    this.#clock = clock;
    this.#server = createServer({ noDelay: true }, (socket) => this.#adopt(socket));
    this.#server.maxConnections = MAX_CONNECTIONS;
  }

  async listen(host: string, port: number): Promise<void> {
    const listening = once(this.#server, 'listening');
    this.#server.listen({ host, port });
    await listening;
    // Running out of file descriptors must not end the process.
    this.#server.on('error', () => {});
  }

  /** A connection that was made to that place, or a new one. Rejects when it cannot be made. */
  async connect(address: string, port: number): Promise<Flow> {
    for (const { flow } of this.#connections.values()) {
      if (flow.remoteAddress === address && flow.remotePort === port) return flow;
    }
    const socket = createConnection({ host: address, port, noDelay: true });
    const timer = setTimeout(() => socket.destroy(new Error('connection timed out')), CONNECT_TIMEOUT_MS);
    try {
      await once(socket, 'connect');
    } finally {
      clearTimeout(timer);
    }
    return this.#adopt(socket);
  }

  isOpen(flow: Flow): boolean {
    return flow.connection !== undefined && this.#connections.has(flow.connection);
  }

  /** Our end of a connection. */
  localAddress(flow: Flow): string | undefined {
    return flow.connection === undefined ? undefined : this.#connections.get(flow.connection)?.localAddress;
  }

  send(flow: Flow, bytes: Buffer, failed: () => void): void {
    const socket = flow.connection === undefined ? undefined : this.#connections.get(flow.connection)?.socket;
    if (!socket?.writable) {
      queueMicrotask(failed);
      return;
    }
    write(socket, bytes, failed);
  }

  async close(): Promise<void> {
    // What was written last, such as the answer to a BYE, still goes out.
    for (const { socket } of this.#connections.values()) socket.destroySoon();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #adopt(socket: Socket): Flow {
    const id = this.#nextConnection++;
    const flow: Flow = {
      transport: 'tcp',
      remoteAddress: plainAddress(socket.remoteAddress ?? ''),
      remotePort: socket.remotePort ?? 0,
      connection: id,
    };
    this.#connections.set(id, { socket, flow, localAddress: plainAddress(socket.localAddress ?? '') });
    let patience: RunningTimer | undefined;
    const framing = new StreamFraming({
      message: (bytes) => this.#handlers.message(bytes, flow),
      ping: () => write(socket, Buffer.from('\r\n'), () => {}),
    });
    socket.setKeepAlive(true, KEEPALIVE_MS);
    socket.on('data', (chunk) => {
      patience?.cancel();
      try {
        framing.push(chunk);
      } catch {
        // Nothing after a broken frame can be trusted.
        socket.destroy();
        return;
      }
      if (framing.pendingBytes > 0) patience = this.#clock.start(INCOMPLETE_MESSAGE_MS, () => socket.destroy());
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      patience?.cancel();
      this.#connections.delete(id);
      this.#handlers.connectionLost(id);
    });
    return flow;
  }
}

function write(socket: Socket, bytes: Buffer, failed: () => void): void {
  socket.write(bytes, (error) => {
    if (error) failed();
  });
  if (socket.writableLength > MAX_UNSENT_BYTES) socket.destroy();
}
