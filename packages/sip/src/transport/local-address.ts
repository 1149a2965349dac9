import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';

/** Routes change when interfaces come and go; a minute later we notice. */
const REMEMBER_MS = 60_000;

/** One entry per peer that really calls; a flood of sources only costs lookups. */
const MAX_REMEMBERED = 1024;

/** Which of our addresses faces a peer, asked from the routing table by connecting a UDP socket without sending. */
export class LocalAddresses {
  readonly #remembered = new Map<string, { readonly address: string; readonly untilMs: number }>();

  /** Falls back to the loopback address when there is no route at all. */
  async facing(remoteAddress: string, nowMs: number): Promise<string> {
    const known = this.#remembered.get(remoteAddress);
    if (known && known.untilMs > nowMs) return known.address;
    const address = await askRoutingTable(remoteAddress);
    if (this.#remembered.size >= MAX_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(remoteAddress, { address, untilMs: nowMs + REMEMBER_MS });
    return address;
  }
}

function askRoutingTable(remoteAddress: string): Promise<string> {
  const v6 = isIPv6(remoteAddress);
  return new Promise((resolve) => {
    const socket = createSocket(v6 ? 'udp6' : 'udp4');
    const done = (address: string) => {
      socket.close();
      resolve(address);
    };
    socket.once('error', () => done(v6 ? '::1' : '127.0.0.1'));
    // Any port does, nothing is sent.
    socket.connect(9, remoteAddress, () => done(socket.address().address));
  });
}
