import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { TransportName } from '@dialplane/sip';
import type { Config } from '../config/config.ts';
import { publicAddress, type SipRegion, sipHostOf, sipRegions } from '../public-address.ts';

/** What a carrier's or a PBX's firewall must let through in one region. */
export interface RegionNetwork {
  readonly region: SipRegion;
  /** What the PBX is to call. */
  readonly host: string;
  /** Where signalling goes to, and where it and the sound of calls come from; empty while DNS does not know the host. */
  readonly addresses: readonly string[];
  readonly signalling: readonly { readonly transport: TransportName; readonly port: number }[];
  readonly rtp: { readonly transport: 'udp'; readonly portMin: number; readonly portMax: number };
}

/** Resolvers ask again for up to half a minute; whoever reads the page does not wait that long. */
const lookupLimitMs = 2000;

/** Every region with a host of its own, and `global`. */
export function networkOf(config: Config): Promise<RegionNetwork[]> {
  const configured = sipRegions.filter((region) => region === 'global' || config.sipRegions[region] !== undefined);
  return Promise.all(
    configured.map(async (region) => {
      const host = sipHostOf(config, region);
      const names = region === 'global' ? [host, publicAddress(config)] : [host];
      const addresses = await Promise.all([...new Set(names)].map(addressesOf));
      return {
        region,
        host,
        addresses: [...new Set(addresses.flat())],
        signalling: [
          { transport: 'udp' as const, port: config.sipPort },
          { transport: 'tcp' as const, port: config.sipPort },
          ...(config.sipTlsPort === null ? [] : [{ transport: 'tls' as const, port: config.sipTlsPort }]),
        ],
        rtp: { transport: 'udp' as const, portMin: config.rtpPortMin, portMax: config.rtpPortMax },
      };
    }),
  );
}

async function addressesOf(host: string): Promise<string[]> {
  if (isIP(host) !== 0) return [host];
  const late = Promise.withResolvers<string[]>();
  const limit = setTimeout(() => late.resolve([]), lookupLimitMs);
  const found = lookup(host, { all: true }).then(
    (all) => all.map(({ address }) => address),
    () => [],
  );
  const addresses = await Promise.race([found, late.promise]);
  clearTimeout(limit);
  return addresses;
}
