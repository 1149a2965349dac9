import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';

/** One address of an interface of this machine. */
export interface OwnAddress {
  readonly address: string;
  /** `192.0.2.1/24`. */
  readonly cidr: string;
  readonly isLoopback: boolean;
}

export function isLoopback(address: string): boolean {
  return address === '::1' || (isIPv4(address) && address.startsWith('127.'));
}

/** Addresses nobody on the Internet can reach: RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291 2.5.6, and loopback. */
export function isPrivateAddress(address: string): boolean {
  return isWithin(privateNetworks, address);
}

/** Networks in CIDR form as one table. @throws TypeError when one is malformed. */
export function networkList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    const most = family === 'ipv6' ? 128 : 32;
    const prefix = bits === undefined ? most : Number(bits);
    const isUsable = isIPv4(address) || isIPv6(address);
    if (!isUsable || bits === '' || !Number.isInteger(prefix) || prefix < 0 || prefix > most) {
      throw new TypeError(`not a network: ${JSON.stringify(network)}; write one as 192.168.1.0/24 or fd00::/8`);
    }
    list.addSubnet(address, prefix, family);
  }
  return list;
}

export function isWithin(list: BlockList, address: string): boolean {
  return isIPv6(address) ? list.check(address, 'ipv6') : isIPv4(address) && list.check(address, 'ipv4');
}

const privateNetworks = networkList([
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '127.0.0.0/8',
  'fc00::/7',
  'fe80::/10',
  '::1/128',
]);

/** Addresses of this machine's interfaces; those that hold for one link only are left out. */
export function ownAddresses(): OwnAddress[] {
  const found: OwnAddress[] = [];
  for (const addresses of Object.values(networkInterfaces())) {
    for (const { address, cidr, internal } of addresses ?? []) {
      if (cidr === null || address.startsWith('fe80:')) continue;
      found.push({ address, cidr, isLoopback: internal });
    }
  }
  return found;
}

/** The private networks we are in ourselves, loopback included: peers there reach us without a NAT. */
export function ownPrivateNetworks(addresses: readonly OwnAddress[] = ownAddresses()): string[] {
  return addresses.filter(({ address }) => isPrivateAddress(address)).map(({ cidr }) => cidr);
}

/** Whether any interface, loopback included, speaks IPv6: then `::` can be listened on. */
export function systemHasIPv6(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ family }) => family === 'IPv6'));
}

/** Families a socket on this address speaks; `::` speaks both. */
export function addressFamilies(host: string): readonly (4 | 6)[] {
  if (host === '::') return [4, 6];
  return [isIPv6(host) ? 6 : 4];
}
