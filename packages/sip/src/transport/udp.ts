import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import type { Flow } from './flow.ts';

/** A second of INVITEs at a thousand calls per second fits; the system default holds about 150. */
const RECEIVE_BUFFER_BYTES = 1024 * 1024;

export interface TransportHandlers {
  message(bytes: Buffer, flow: Flow): void;
  /** A TCP or TLS connection is gone. */
  connectionLost(connection: number): void;
}

/** SIP over UDP (RFC 3261 18): one datagram, one message. */
export class UdpTransport {
  readonly #socket: Socket;
  readonly #isIPv6: boolean;

  constructor(host: string, handlers: TransportHandlers) {
    this.#isIPv6 = isIPv6(host);
    this.#socket = createSocket({
      type: this.#isIPv6 ? 'udp6' : 'udp4',
      recvBufferSize: RECEIVE_BUFFER_BYTES,
      // Destinations are always literal addresses: no resolver is asked per packet.
      lookup: (address, _options, found) => found(null, address, address.includes(':') ? 6 : 4),
    });
    this.#socket.on('message', (bytes, source) => {
      const remoteAddress = plainAddress(source.address);
      // Port 0 cannot be answered, and sending to it throws.
      if (source.port === 0 || isKeepalive(bytes)) return;
      handlers.message(bytes, { transport: 'udp', remoteAddress, remotePort: source.port });
    });
  }

  async bind(host: string, port: number): Promise<number> {
    const listening = once(this.#socket, 'listening');
    this.#socket.bind({ address: host, port });
    await listening;
    // Errors of single datagrams (ICMP, no route) reach the sender's callback; an unheard event would end the process.
    this.#socket.on('error', () => {});
    return this.#socket.address().port;
  }

  send(flow: Flow, bytes: Buffer, failed: () => void): void {
    const address =
      this.#isIPv6 && !flow.remoteAddress.includes(':') ? `::ffff:${flow.remoteAddress}` : flow.remoteAddress;
    try {
      this.#socket.send(bytes, flow.remotePort, address, (error) => {
        if (error) failed();
      });
    } catch {
      // A closed socket throws; a transaction must hear of it after its own call has returned.
      queueMicrotask(failed);
    }
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#socket.close(() => resolve()));
  }
}

/** Line ends, or a few zeros from older phones, that only keep a NAT open; nobody answers them (RFC 5626 4.4.1, RFC 5853 3.4). */
function isKeepalive(bytes: Buffer): boolean {
  if (bytes.length > 4) return false;
  for (const byte of bytes) if (byte !== 0x0d && byte !== 0x0a && byte !== 0) return false;
  return true;
}

/** IPv4 addresses reach a dual-stack socket in their mapped form. */
export function plainAddress(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice('::ffff:'.length) : address;
}
