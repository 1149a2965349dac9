import type { Clock } from '../clock.ts';
import { Connections } from './connections.ts';
import { StreamListener } from './stream-listener.ts';
import { TlsAcceptor, type TlsIdentity } from './tls-acceptor.ts';
import { type TransportHandlers, UdpTransport } from './udp.ts';

/** The system may hand out a UDP port whose TCP twin is taken; twenty misses in a row mean something else is wrong. */
const BIND_ATTEMPTS = 20;

export interface SocketsOptions extends TransportHandlers {
  readonly host: string;
  /** The same number on UDP and TCP; 0 lets the system choose. */
  readonly port: number;
  readonly tls?: (TlsIdentity & { readonly port: number }) | undefined;
  readonly clock: Clock;
}

/** What is bound, and all connections, whichever side made them. */
export interface Sockets {
  readonly port: number;
  readonly tlsPort: number | undefined;
  readonly udp: UdpTransport;
  readonly connections: Connections;
  readonly listeners: readonly StreamListener[];
  readonly tls: TlsAcceptor | undefined;
}

/** Rejects when the address or a port cannot be had, or the certificate cannot be used. */
export async function openSockets(options: SocketsOptions): Promise<Sockets> {
  for (let attempt = 1; ; attempt++) {
    const opening = await tryToOpen(options);
    if ('sockets' in opening) return opening.sockets;
    if (opening.isFinal || options.port !== 0 || attempt >= BIND_ATTEMPTS) throw opening.error;
  }
}

/** `isFinal`: another port would not help. */
type Opening = { readonly sockets: Sockets } | { readonly error: unknown; readonly isFinal: boolean };

/** Binds everything, or nothing. */
async function tryToOpen(options: SocketsOptions): Promise<Opening> {
  const connections = new Connections(options, options.clock);
  const udp = new UdpTransport(options.host, options);
  const listeners: StreamListener[] = [];
  const refuses = (source: string) => connections.refuses(source);
  let isFinal = true;
  try {
    const tls =
      options.tls &&
      new TlsAcceptor(options.tls, (socket, certificate) => connections.accept(socket, 'tls', certificate));
    const port = await udp.bind(options.host, options.port);
    isFinal = false;
    const tcp = new StreamListener(refuses, (socket) => connections.accept(socket, 'tcp'));
    listeners.push(tcp);
    await tcp.listen(options.host, port);
    isFinal = true;
    let tlsPort: number | undefined;
    if (tls && options.tls) {
      const listener = new StreamListener(refuses, (socket) => tls.accept(socket));
      listeners.push(listener);
      tlsPort = await listener.listen(options.host, options.tls.port);
    }
    return { sockets: { port, tlsPort, udp, connections, listeners, tls } };
  } catch (error) {
    connections.close();
    await Promise.all([udp.close(), ...listeners.map((listener) => listener.close())]);
    return { error, isFinal };
  }
}
