import { describe, expect, it } from 'vitest';
import { AddressTable } from '../../src/guard/address-table.ts';
import { addressBytes, addressRange } from '../../src/guard/ip-address.ts';
import { isPrivateAddress, sourceKey } from '../../src/guard/source-key.ts';

describe('addresses', () => {
  it.each([
    ['192.0.2.1', [192, 0, 2, 1]],
    ['::ffff:192.0.2.1', [192, 0, 2, 1]],
    ['::', new Array(16).fill(0)],
    ['2001:db8::8:800:200c:417a', [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 8, 8, 0, 0x20, 0xc, 0x41, 0x7a]],
    ['fe80::1%eth0', [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]],
    ['64:ff9b::192.0.2.33', [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, 192, 0, 2, 33]],
  ])('reads %s', (text, bytes) => {
    expect(Array.from(addressBytes(text) ?? [])).toEqual(bytes);
  });

  it.each([
    '',
    'carrier.example',
    '192.0.2',
    '1.2.3.4.5',
    ':::',
    '192.0.2.0/33',
    '2001:db8::/129',
    '192.0.2.0/24/1',
    '::/x',
  ])('takes %s for no range', (text) => {
    expect(addressRange(text)).toBeUndefined();
  });

  it('finds every range an address lies in', () => {
    const table = new AddressTable<string>();
    const ranges = { a: '54.172.60.0/30', b: '54.172.0.0/16', c: '54.172.60.1', d: '2001:db8::/33', e: '0.0.0.0/0' };
    for (const [name, range] of Object.entries(ranges)) expect(table.add(range, name)).toBe(true);
    expect(table.add('nonsense', 'x')).toBe(false);
    expect(table.find('54.172.60.1').sort()).toEqual(['a', 'b', 'c', 'e']);
    expect(table.find('54.172.60.4').sort()).toEqual(['b', 'e']);
    expect(table.find('2001:db8:7fff::1')).toEqual(['d']);
    expect(table.has('2001:db8:8000::1')).toBe(false);
    expect(table.find('::ffff:54.172.60.3').sort()).toEqual(['a', 'b', 'e']);
    expect(table.has('nonsense')).toBe(false);
  });

  it('names a source', () => {
    expect(['192.0.2.1', '2001:db8:1:2:3::4', '::ffff:192.0.2.9'].map(sourceKey)).toEqual([
      '192.0.2.1',
      '2001:db8:1:2::/64',
      '192.0.2.9',
    ]);
  });

  it('tells private addresses', () => {
    const tell = (addresses: string[]) => addresses.map(isPrivateAddress);
    expect(tell(['127.9.9.9', '10.0.0.1', '172.31.0.1', '169.254.1.1', '::1', 'fe80::1', 'fdab::1'])).toEqual(
      new Array(7).fill(true),
    );
    expect(tell(['172.32.0.1', '192.0.2.1', '2001:db8::1', '100.64.0.1', 'x'])).toEqual(new Array(5).fill(false));
  });
});
