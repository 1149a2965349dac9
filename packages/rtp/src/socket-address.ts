import { isIP, isIPv4, SocketAddress } from 'node:net';
import type { MediaAddress } from './source-latch.ts';

/** RFC 3264 8.4: an address to send nothing to. */
export const NOWHERE = '0.0.0.0';

/** How a dual-stack socket writes IPv4 addresses (RFC 4291 2.5.5.2). */
const MAPPED = '::ffff:';

/**
 * A literal address as a socket bound to `host` sends to it and reports it as source, so that the two can be compared as
 * text; undefined when that socket cannot reach it. A socket bound to `::` reaches both families.
 */
export function addressOnSocket(address: string, host: string): string | undefined {
  const plain = plainAddress(address);
  if (isIPv4(host)) return isIPv4(plain) ? plain : undefined;
  if (isIPv4(plain)) return host === '::' ? `${MAPPED}${plain}` : undefined;
  // IPv6 has many spellings of one address.
  return isIP(plain) === 6 ? new SocketAddress({ address: plain, family: 'ipv6' }).address : undefined;
}

/** The address as people and SDP write it. */
export function plainAddress(address: string): string {
  return address.startsWith(MAPPED) && address.includes('.') ? address.slice(MAPPED.length) : address;
}

export function isSameAddress(address: MediaAddress, from: MediaAddress): boolean {
  return address.port === from.port && address.address === from.address;
}

/** RFC 3264 section 8.4: an address of all zeros asks to send nothing; on Linux such packets would reach ourselves. */
export function isUnreachable(target: MediaAddress): boolean {
  return (
    target.port === 0 || target.address === '::' || target.address === NOWHERE || target.address === '::ffff:0.0.0.0'
  );
}
