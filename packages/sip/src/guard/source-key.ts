import { addressBytes, rangeKey } from './ip-address.ts';

/** RFC 4291 2.5.4: whoever has one IPv6 address has the 2^64 of its subnet. */
const IPV6_SUBNET_BITS = 64;

/** What counts as one source: an IPv4 address, or the /64 of an IPv6 address written as `2001:db8:0:1::/64`. */
export function sourceKey(address: string): string {
  if (!address.includes(':')) return address;
  const bytes = addressBytes(address);
  if (!bytes) return address;
  if (bytes.length === 4) return bytes.join('.');
  const words: string[] = [];
  for (let i = 0; i < IPV6_SUBNET_BITS / 8; i += 2) {
    words.push((((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0)).toString(16));
  }
  return `${words.join(':')}::/${IPV6_SUBNET_BITS}`;
}

const privateRanges: readonly { readonly bytes: number; readonly bits: number; readonly key: string }[] = [
  // Loopback (RFC 1122 3.2.1.3), private (RFC 1918), link-local (RFC 3927).
  ...['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16'],
  // Loopback and link-local (RFC 4291 2.5.3, 2.5.6), unique local (RFC 4193).
  ...['::1/128', 'fe80::/10', 'fc00::/7'],
].map((text) => {
  const [address = '', bits = ''] = text.split('/');
  const bytes = addressBytes(address) ?? new Uint8Array(4);
  return { bytes: bytes.length, bits: Number(bits), key: rangeKey(bytes, Number(bits)) };
});

/** Loopback, private and link-local addresses of both families. */
export function isPrivateAddress(address: string): boolean {
  const bytes = addressBytes(address);
  if (!bytes) return false;
  return privateRanges.some((range) => range.bytes === bytes.length && rangeKey(bytes, range.bits) === range.key);
}
