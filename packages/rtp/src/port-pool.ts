import { createSocket, type Socket, type SocketOptions } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { firstRtpPort, type PortRange, rtpPortCount } from './port-range.ts';
import { PortRangeExhausted, RtpError } from './rtp-error.ts';

/**
 * How long a released port stays unused. The far end may go on sending until it has seen the BYE and its answer; those packets
 * must not be heard in the next call. Five seconds cover a BYE that is repeated four times (RFC 3261 timer E: 0.5 to 3.5 s).
 */
const QUARANTINE_MS = 5000;

/** A bound UDP socket on an even port of the pool. */
export interface PooledSocket {
  readonly socket: Socket;
  readonly port: number;
  /** Binds the next port, for RTCP. Undefined when it is taken or the socket is released. */
  openControl(): Promise<Socket | undefined>;
  /** Closes the socket and puts its port into quarantine. */
  release(): Promise<void>;
}

export interface PortPool {
  /** Binds the port that has been unused for longest. Throws {@link PortRangeExhausted} or an {@link RtpError}. */
  open(): Promise<PooledSocket>;
  /** The address sockets are bound to. */
  readonly host: string;
  /** Ports in use now. */
  readonly inUse: number;
}

export interface PortPoolOptions extends PortRange {
  /** Literal address to bind; 0.0.0.0 when not given. */
  readonly host?: string;
  /** Milliseconds of a monotonic clock; for tests. */
  readonly now?: () => number;
}

/** A port of the range that is in no call. */
interface IdlePort {
  readonly port: number;
  readonly usableFromMs: number;
}

/** The addresses we send to are literal, so a send needs no resolver and no thread pool. */
const literalLookup: NonNullable<SocketOptions['lookup']> = (address, _options, callback) => {
  callback(null, address, isIPv6(address) ? 6 : 4);
};

/**
 * Hands out even UDP ports, least recently used first, beginning at a random one: after a restart the peers of the calls before
 * it do not all meet the first new ones.
 */
export function createPortPool(options: PortPoolOptions): PortPool {
  const { min, max, host = '0.0.0.0', now = () => performance.now() } = options;
  const count = rtpPortCount(options);
  const first = firstRtpPort(options);
  const start = Math.floor(Math.random() * count);
  const idle: IdlePort[] = [];
  for (let i = 0; i < count; i += 1) {
    idle.push({ port: first + ((start + i) % count) * 2, usableFromMs: Number.NEGATIVE_INFINITY });
  }
  let inUse = 0;

  function giveBack(port: number): void {
    inUse -= 1;
    idle.push({ port, usableFromMs: now() + QUARANTINE_MS });
  }

  return {
    host,

    get inUse() {
      return inUse;
    },

    async open() {
      const askedMs = now();
      for (;;) {
        const next = idle[0];
        // The queue is in the order of release: when its head is not usable yet, none is.
        if (next === undefined || next.usableFromMs > askedMs) throw new PortRangeExhausted(min, max);
        idle.shift();
        inUse += 1;
        const socket = await bindPort(next.port, host).catch((error: unknown) => {
          giveBack(next.port);
          throw error;
        });
        // Taken by another program: it waits in quarantine like a used one, and the next port is tried.
        if (socket === undefined) {
          giveBack(next.port);
          continue;
        }
        return pooled(socket, next.port, host, () => giveBack(next.port));
      }
    },
  };
}

function pooled(socket: Socket, port: number, host: string, giveBack: () => void): PooledSocket {
  let control: Promise<Socket | undefined> | undefined;
  let released: Promise<void> | undefined;
  return {
    socket,
    port,
    openControl() {
      // A call without reports is better than none.
      control ??= released ? Promise.resolve(undefined) : bindPort(port + 1, host).catch(() => undefined);
      return control;
    },
    release() {
      released ??= Promise.all([close(socket), control?.then((bound) => bound && close(bound))]).then(giveBack);
      return released;
    },
  };
}

function close(socket: Socket): Promise<void> {
  return new Promise((resolve) => void socket.close(() => resolve()));
}

/** The bound socket, or undefined when another program holds the port. */
function bindPort(port: number, host: string): Promise<Socket | undefined> {
  return new Promise((resolve, reject) => {
    const socket = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4', lookup: literalLookup });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      socket.close();
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(portUnusable(port, host, error));
    });
    socket.bind(port, host, () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
}

function portUnusable(port: number, host: string, cause: NodeJS.ErrnoException): RtpError {
  return new RtpError(
    'rtp_port_unusable',
    'ours',
    `Cannot bind UDP ${host}:${port} for RTP (${cause.code ?? cause.message}). ` +
      'Check the address the server binds, its port range and the number of open files allowed.',
    { cause },
  );
}
