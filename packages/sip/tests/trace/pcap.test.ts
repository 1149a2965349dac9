import { describe, expect, it } from 'vitest';
import { pcapHeader, pcapRecord } from '../../src/trace/pcap.ts';

const payload = Buffer.from('OPTIONS sip:a@b SIP/2.0\r\n\r\n');
const packet = {
  atMs: 1_700_000_000_123.456,
  transport: 'udp',
  source: { address: '192.0.2.1', port: 5060 },
  destination: { address: '198.51.100.200', port: 65_535 },
  payload,
} as const;

/** RFC 1071 over 16-bit words: all ones for what carries a right checksum. */
function onesSum(bytes: Buffer): number {
  let total = 0;
  for (let i = 0; i < bytes.length; i += 2) total += (bytes.readUInt8(i) << 8) | (bytes[i + 1] ?? 0);
  while (total > 0xffff) total = (total & 0xffff) + (total >>> 16);
  return total;
}

/** The pseudo header of RFC 768 and RFC 8200 8.1 together with the datagram. */
function pseudo(ip: Buffer): Buffer {
  const isIpv4 = ip.readUInt8(0) >> 4 === 4;
  const addresses = isIpv4 ? ip.subarray(12, 20) : ip.subarray(8, 40);
  const datagram = ip.subarray(isIpv4 ? 20 : 40);
  return Buffer.concat([addresses, Buffer.from([0, 17, datagram.length >> 8, datagram.length & 0xff]), datagram]);
}

describe('a capture file', () => {
  it('begins with the magic number and LINKTYPE_RAW', () => {
    expect(pcapHeader().toString('hex')).toBe('a1b2c3d400020004000000000000000000' + '00ffff00000065');
  });

  it('holds an IPv4 packet with right lengths and checksums', () => {
    const record = pcapRecord(packet);
    expect([record.readUInt32BE(0), record.readUInt32BE(4)]).toEqual([1_700_000_000, 123_456]);
    const ip = record.subarray(16);
    expect([record.readUInt32BE(8), record.readUInt32BE(12), ip.readUInt16BE(2)]).toEqual(new Array(3).fill(ip.length));
    expect(ip.length).toBe(28 + payload.length);
    expect([...ip.subarray(12, 20)]).toEqual([192, 0, 2, 1, 198, 51, 100, 200]);
    expect([ip.readUInt16BE(20), ip.readUInt16BE(22), ip.readUInt16BE(24)]).toEqual([5060, 65_535, 8 + payload.length]);
    expect([onesSum(ip.subarray(0, 20)), onesSum(pseudo(ip))]).toEqual([0xffff, 0xffff]);
    expect(ip.subarray(28).equals(payload)).toBe(true);
  });

  it.each([26, 27])('holds an IPv6 packet with %i bytes of payload', (length) => {
    const addresses = {
      source: { address: '2001:db8::1', port: 5061 },
      destination: { address: '2001:db8::2', port: 5061 },
    };
    const ip = pcapRecord({ ...packet, ...addresses, payload: payload.subarray(0, length) }).subarray(16);
    expect([ip.readUInt8(0), ip.readUInt16BE(4), ip.readUInt8(6)]).toEqual([0x60, 8 + length, 17]);
    expect(onesSum(pseudo(ip))).toBe(0xffff);
  });

  it('cuts what no packet can hold', () => {
    const record = pcapRecord({ ...packet, payload: Buffer.alloc(96 * 1024, 0xff) });
    expect(record.length).toBe(16 + 65_535);
    expect(onesSum(pseudo(record.subarray(16)))).toBe(0xffff);
  });

  it('takes addresses of two families, as behind a translator', () => {
    const destination = { address: '2001:db8::2', port: 5060 };
    expect(pcapRecord({ ...packet, destination }).readUInt8(16)).toBe(0x60);
  });
});
