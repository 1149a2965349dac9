import { isIPv4, isIPv6 } from 'node:net';

/** A range of addresses: its first bytes, and how many bits of them count. */
export interface AddressRange {
  readonly bytes: Uint8Array;
  readonly bits: number;
}

/** 4 or 16 bytes; IPv4 addresses mapped into IPv6 (RFC 4291 2.5.5.2) are read as IPv4. Undefined for anything else. */
export function addressBytes(address: string): Uint8Array | undefined {
  if (isIPv4(address)) return Uint8Array.from(address.split('.'), Number);
  const [plain = ''] = address.split('%', 1);
  if (!isIPv6(plain)) return undefined;
  const dotted = plain.lastIndexOf('.') < 0 ? undefined : plain.slice(plain.lastIndexOf(':') + 1);
  const groups = dotted === undefined ? plain : plain.slice(0, -dotted.length) + groupsOfDotted(dotted);
  const [head = '', tail] = groups.split('::');
  const before = wordsOf(head);
  const after = tail === undefined ? [] : wordsOf(tail);
  const words = [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
  const bytes = Uint8Array.from(words.flatMap((word) => [word >> 8, word & 0xff]));
  const isMapped = words.slice(0, 5).every((word) => word === 0) && words[5] === 0xffff;
  return isMapped ? bytes.subarray(12) : bytes;
}

/** Reads `192.0.2.0/24`, or a single address (RFC 4632 3.1, RFC 4291 2.3). Undefined for anything else. */
export function addressRange(text: string): AddressRange | undefined {
  const [address = '', length, ...more] = text.trim().split('/');
  const bytes = addressBytes(address);
  if (!bytes || more.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length))) return undefined;
  const bits = length === undefined ? bytes.length * 8 : Number(length);
  return bits <= bytes.length * 8 ? { bytes, bits } : undefined;
}

/** The first bits of an address as a text that is the same for all addresses of that range. */
export function rangeKey(bytes: Uint8Array, bits: number): string {
  const whole = bits >> 3;
  const rest = bits & 7;
  let key = `${bytes.length}/${bits}:`;
  for (let i = 0; i < whole; i++) key += String.fromCharCode(bytes[i] ?? 0);
  if (rest > 0) key += String.fromCharCode((bytes[whole] ?? 0) & (0xff << (8 - rest)));
  return key;
}

function groupsOfDotted(dotted: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = dotted.split('.').map(Number);
  return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
}

function wordsOf(groups: string): number[] {
  return groups === '' ? [] : groups.split(':').map((group) => Number.parseInt(group, 16));
}
