import { networkInterfaces } from 'node:os';
import type { Config } from './config/config.ts';

export const sipRegions = ['global', 'us', 'eu', 'apac'] as const;
export type SipRegion = (typeof sipRegions)[number];

/**
 * Host name or address under which carriers and PBXs reach us: the configured one, else the address we listen on, else
 * the first address of this machine.
 */
export function publicAddress(config: Pick<Config, 'publicAddress' | 'host'>): string {
  if (config.publicAddress) return config.publicAddress;
  if (config.host !== '0.0.0.0' && config.host !== '::') return config.host;
  const outward = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find((address) => address.family === 'IPv4' && !address.internal);
  return outward?.address ?? '127.0.0.1';
}

/** RFC 3261 section 19.1.2: the port that is meant when none is named. */
const defaultSipPort = 5060;

type SipAddressConfig = Pick<Config, 'publicAddress' | 'host' | 'sipPort' | 'sipHost' | 'sipRegions'>;

/** What a trunk of the region is told; `global` and regions without a host of their own have the common one. */
export function sipHostOf(config: SipAddressConfig, region: SipRegion): string {
  const own = region === 'global' ? undefined : config.sipRegions[region];
  return own ?? config.sipHost ?? publicAddress(config);
}

/** What a PBX puts into its field "SIP server": `host`, or `host:port` when the port is not the usual one. */
export function sipEndpoint(config: SipAddressConfig, region: SipRegion = 'global'): string {
  const address = sipHostOf(config, region);
  const host = address.includes(':') ? `[${address}]` : address;
  return config.sipPort === defaultSipPort ? host : `${host}:${config.sipPort}`;
}

/** The region that a call to `host` came through: the one whose host was called, `global` for every other name of ours. */
export function regionOf(config: Pick<Config, 'sipRegions'>, host: string): SipRegion {
  const called = host.toLowerCase();
  return (
    sipRegions.find((region) => region !== 'global' && config.sipRegions[region]?.toLowerCase() === called) ?? 'global'
  );
}
