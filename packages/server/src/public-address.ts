import { networkInterfaces } from 'node:os';
import type { Config } from './config/config.ts';

/**
 * Host name or address under which carriers and PBXs reach us: the configured one, else the address we listen on, else
 * the first address of this machine.
 */
function publicAddress(config: Pick<Config, 'publicAddress' | 'host'>): string {
  if (config.publicAddress) return config.publicAddress;
  if (config.host !== '0.0.0.0' && config.host !== '::') return config.host;
  const outward = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find((address) => address.family === 'IPv4' && !address.internal);
  return outward?.address ?? '127.0.0.1';
}

/** RFC 3261 section 19.1.2: the port that is meant when none is named. */
const defaultSipPort = 5060;

/** What a PBX puts into its field "SIP server": `host`, or `host:port` when the port is not the usual one. */
export function sipEndpoint(config: Pick<Config, 'publicAddress' | 'host' | 'sipPort'>): string {
  const address = publicAddress(config);
  const host = address.includes(':') ? `[${address}]` : address;
  return config.sipPort === defaultSipPort ? host : `${host}:${config.sipPort}`;
}
