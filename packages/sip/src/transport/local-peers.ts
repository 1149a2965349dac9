import type { BlockList } from 'node:net';
import { isWithin, networkList } from './networks.ts';

/** One entry per peer that really calls; a flood of sources only costs look-ups. */
const MAX_REMEMBERED = 1024;

/** Whether a peer is on a network of ours. Remembered, since the same few peers send all requests. */
export class LocalPeers {
  readonly #networks: BlockList;
  readonly #remembered = new Map<string, boolean>();

  /** @throws TypeError when a network is malformed. */
  constructor(networks: readonly string[]) {
    this.#networks = networkList(networks);
  }

  has(address: string): boolean {
    const known = this.#remembered.get(address);
    if (known !== undefined) return known;
    if (this.#remembered.size >= MAX_REMEMBERED) this.#remembered.clear();
    const isLocal = isWithin(this.#networks, address);
    this.#remembered.set(address, isLocal);
    return isLocal;
  }
}
