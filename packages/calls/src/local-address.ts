import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';

/**
 * Our own address on the network of `peer`, for SDP when no public address is configured: loopback callers get loopback,
 * others the address of the interface whose subnet holds them, else the first outward one.
 * @param bound the address sockets are bound to; a concrete one is the answer.
 */
export function addressFacing(peer: string, bound: string): string {
  if (bound !== '0.0.0.0' && bound !== '::') return bound;
  const own = ownAddresses(peer);
  const outward = own.find((address) => !address.internal);
  return neighbourAddress(peer) ?? (outward ?? own[0])?.address ?? (isIPv6(peer) ? '::1' : '127.0.0.1');
}

/** Our address in the network that `peer` is in too, where no router lies between us; undefined in any other network. */
export function neighbourAddress(peer: string): string | undefined {
  return ownAddresses(peer).find(({ address, netmask }) => masked(address, netmask) === masked(peer, netmask))?.address;
}

/** Of the peer's family. */
function ownAddresses(peer: string) {
  const family = isIPv6(peer) ? 'IPv6' : 'IPv4';
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter((address) => address.family === family);
}

/** Network part of an address as text; IPv6 compares by its /64 as interfaces have. */
function masked(address: string, netmask: string): string {
  if (address.includes(':')) return address.split(':').slice(0, 4).join(':');
  const mask = netmask.split('.').map(Number);
  return address
    .split('.')
    .map((part, i) => Number(part) & (mask[i] ?? 0))
    .join('.');
}
