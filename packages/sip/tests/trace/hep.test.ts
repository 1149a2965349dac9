import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hepPacket } from '../../src/trace/hep.ts';

/** Chunks by type, as a Homer capture server reads them. */
function readHep(bytes: Buffer): Map<number, Buffer> {
  expect(bytes.toString('latin1', 0, 4)).toBe('HEP3');
  expect(bytes.readUInt16BE(4)).toBe(bytes.length);
  const chunks = new Map<number, Buffer>();
  let at = 6;
  while (at < bytes.length) {
    expect(bytes.readUInt16BE(at)).toBe(0);
    const length = bytes.readUInt16BE(at + 4);
    chunks.set(bytes.readUInt16BE(at + 2), bytes.subarray(at + 6, at + length));
    at += length;
  }
  return chunks;
}

const packet = {
  atMs: 1_700_000_000_123.456,
  transport: 'tls',
  source: { address: '192.0.2.1', port: 5061 },
  destination: { address: '198.51.100.200', port: 40_000 },
  payload: Buffer.from('INVITE sip:a@b SIP/2.0\r\n\r\n'),
} as const;

describe('HEP3', () => {
  it('reaches a Homer on a real socket, chunk by chunk', async () => {
    const [homer, sender] = [createSocket('udp4'), createSocket('udp4')];
    for (const socket of [homer, sender]) onTestFinished(() => void socket.close());
    homer.bind(0, '127.0.0.1');
    await once(homer, 'listening');
    const heard = once(homer, 'message');
    sender.send(hepPacket(packet, 'call-1@host', 2001), homer.address().port, '127.0.0.1');
    const [bytes] = (await heard) as [Buffer];
    const hex = [...readHep(bytes)].map(([type, value]) => [type, value.toString('hex')]);
    expect(Object.fromEntries(hex)).toEqual({
      1: '02',
      2: '06',
      3: 'c0000201',
      4: 'c63364c8',
      7: '13c5',
      8: '9c40',
      9: (1_700_000_000).toString(16),
      10: (123_456).toString(16).padStart(8, '0'),
      11: '01',
      12: '000007d1',
      15: packet.payload.toString('hex'),
      17: Buffer.from('call-1@host').toString('hex'),
    });
  });

  it('says IPv6 with its own chunks', () => {
    const ipv6 = { source: { address: '::1', port: 1 }, destination: { address: '::2', port: 2 } };
    const chunks = readHep(hepPacket({ ...packet, ...ipv6, transport: 'udp' }, 'c', 1));
    expect([chunks.get(1)?.[0], chunks.get(2)?.[0], chunks.get(5)?.length, chunks.get(6)?.at(-1)]).toEqual([
      10, 17, 16, 2,
    ]);
    expect(chunks.has(3)).toBe(false);
  });

  it('cuts a message that is too long for its lengths', () => {
    const bytes = hepPacket({ ...packet, payload: Buffer.alloc(96 * 1024) }, 'c', 1);
    expect(bytes.length).toBe(65_535);
    readHep(bytes);
  });
});
