/** Which address of ours SDP names, so that whoever reads it can send us sound. */
import { lookup } from 'node:dns/promises';
import { isIP, isIPv6 } from 'node:net';
import type { Flow, SipEndpoint } from '@dialplane/sip';

/** A public name that moves is followed within a minute, as dynamic DNS expects. */
const rememberMs = 60_000;

/** TEST-NET-1 (RFC 5737), routed as the Internet is: for a carrier that DNS tells nothing of. Nothing is sent to it. */
const anywhere = '192.0.2.1';

export interface MediaAddresses {
  /** For a caller. */
  facing(caller: Flow): Promise<string>;
  /** For a carrier that we call. */
  towards(host: string): Promise<string>;
}

/**
 * The address that our Contact names to the same peer, so that signalling and sound agree on who is on our own network.
 * A public name is looked up: SDP allows names, but many gateways look none up.
 */
export function createMediaAddresses(endpoint: Pick<SipEndpoint, 'addressFor'>): MediaAddresses {
  const known = new Map<string, { readonly address: string; readonly untilMs: number }>();

  async function facing(peer: Flow): Promise<string> {
    const host = await endpoint.addressFor(peer);
    if (isIP(host) !== 0) return host;
    const family = isIPv6(peer.remoteAddress) ? 6 : 4;
    const key = `${host} ${family}`;
    const found = known.get(key);
    if (found && found.untilMs > performance.now()) return found.address;
    const address = (await addressOf(host, family)) ?? found?.address ?? host;
    known.set(key, { address, untilMs: performance.now() + rememberMs });
    return address;
  }

  return {
    facing,
    towards: async (host) => {
      const remoteAddress = (await addressOf(host)) ?? anywhere;
      return facing({ transport: 'udp', remoteAddress, remotePort: 0 });
    },
  };
}

/** Undefined for a name that DNS does not know. */
async function addressOf(host: string, family: 0 | 4 | 6 = 0): Promise<string | undefined> {
  return lookup(host, { family }).then(
    ({ address }) => address,
    () => undefined,
  );
}
