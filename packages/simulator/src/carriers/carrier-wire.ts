import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket, connect as tcpConnect } from 'node:net';
import { createServer as createTlsServer, connect as tlsConnect } from 'node:tls';

export type CarrierTransport = 'udp' | 'tcp' | 'tls';

/** The way to one peer. */
export interface CarrierLine {
  readonly transport: CarrierTransport;
  readonly remoteAddress: string;
  readonly remotePort: number;
  send(message: string): void;
}

export interface CarrierWire {
  /** The same for UDP and TCP. */
  readonly port: number;
  /** Undefined without a certificate. */
  readonly tlsPort: number | undefined;
  connect(transport: CarrierTransport, host: string, port: number): Promise<CarrierLine>;
  close(): Promise<void>;
}

export interface CarrierWireOptions {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** PEM; with it TLS is listened for on a port of its own. */
  readonly tls?: { readonly key: string; readonly cert: string };
  receive(message: Buffer, line: CarrierLine): void;
}

/** Somebody else may take the TCP port between the two binds. */
const BIND_ATTEMPTS = 5;

/** Opens the sockets of a carrier. Rejects when the port is taken. Keeps no state but connections, and sends nothing twice. */
export async function openCarrierWire({ host, port: wanted, tls, receive }: CarrierWireOptions): Promise<CarrierWire> {
  const sockets = new Set<Socket>();
  const { udp, tcp } = await bindBoth(host, wanted, (socket) => follow(socket, 'tcp'));
  udp.on('message', (bytes, { address, port }) => receive(bytes, udpLine(address, port)));
  const secure = tls && createTlsServer(tls, (socket) => follow(socket, 'tls'));
  if (secure) await once(secure.listen(0, host), 'listening');

  function udpLine(remoteAddress: string, remotePort: number): CarrierLine {
    return {
      transport: 'udp',
      remoteAddress,
      remotePort,
      send: (message) => udp.send(message, remotePort, remoteAddress),
    };
  }

  function follow(socket: Socket, transport: 'tcp' | 'tls'): CarrierLine {
    const line: CarrierLine = {
      transport,
      remoteAddress: socket.remoteAddress ?? '',
      remotePort: socket.remotePort ?? 0,
      send: (message) => void socket.write(message),
    };
    let pending = Buffer.alloc(0);
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A peer that goes away is no fault of the carrier.
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      pending = Buffer.concat([pending, bytes]);
      for (let end = endOfMessage(pending); end > 0; end = endOfMessage(pending)) {
        const message = pending.subarray(0, end);
        pending = pending.subarray(end);
        // Two bare line ends are a keep-alive that wants one back (RFC 5626 3.5.1).
        if (message.length > 4) receive(message, line);
        else if (message.length === 4) line.send('\r\n');
      }
    });
    return line;
  }

  return {
    port: tcp.port,
    tlsPort: secure && addressOf(secure).port,
    async connect(transport, remoteHost, port) {
      if (transport === 'udp') return udpLine(remoteHost, port);
      // Certificates of test servers are signed by themselves; who they are is judged elsewhere.
      const socket =
        transport === 'tcp'
          ? tcpConnect({ host: remoteHost, port })
          : tlsConnect({ host: remoteHost, port, rejectUnauthorized: false });
      await once(socket, transport === 'tcp' ? 'connect' : 'secureConnect');
      return follow(socket, transport);
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      udp.close();
      tcp.server.close();
      secure?.close();
      await Promise.all([once(udp, 'close'), once(tcp.server, 'close'), secure && once(secure, 'close')]);
    },
  };
}

async function bindBoth(host: string, wanted: number, connected: (socket: Socket) => void) {
  for (let attempt = 1; ; attempt += 1) {
    const server = createServer(connected);
    await once(server.listen(wanted, host), 'listening');
    const { port } = addressOf(server);
    const udp = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    try {
      udp.bind(port, host);
      await once(udp, 'listening');
      return { udp, tcp: { server, port } };
    } catch (error) {
      server.close();
      udp.close();
      if (attempt === BIND_ATTEMPTS) throw error;
    }
  }
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The carrier does not listen.');
  return address;
}

/** Bytes of the first whole message; 0 while it is not there. */
function endOfMessage(bytes: Buffer): number {
  if (bytes.length >= 2 && bytes[0] === 0x0d) return bytes.length >= 4 ? 4 : 2;
  const head = bytes.indexOf('\r\n\r\n');
  if (head < 0) return 0;
  const length = /^(?:content-length|l)\s*:\s*(\d+)/im.exec(bytes.toString('latin1', 0, head))?.[1];
  const end = head + 4 + Number(length ?? 0);
  return bytes.length >= end ? end : 0;
}
