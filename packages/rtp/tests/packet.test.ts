import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRtpHeader, RTP_HEADER_BYTES, readRtpHeader, writeRtpHeader } from '../src/packet.ts';

const header = createRtpHeader();

function read(hex: string): boolean {
  const packet = Buffer.from(hex.replaceAll(' ', ''), 'hex');
  return readRtpHeader(packet, packet.length, header);
}

test('reads a plain packet', () => {
  expect(read('80 80 1f2e 0001e240 cafebabe ffff7f')).toBe(true);
  expect(header).toEqual({
    marker: true,
    payloadType: 0,
    sequence: 0x1f2e,
    timestamp: 123456,
    ssrc: 0xcafebabe,
    payloadFrom: 12,
    payloadTo: 15,
  });
});

test('steps over contributing sources', () => {
  expect(read('82 08 0001 00000000 00000001 11111111 22222222 d5d5')).toBe(true);
  expect(header).toMatchObject({ payloadType: 8, marker: false, payloadFrom: 20, payloadTo: 22 });
});

test('steps over a header extension', () => {
  // One-byte extensions (RFC 8285), one word of them: an audio level.
  expect(read('90 00 0001 00000000 00000001 bede 0001 10ff0000 d5d5d5')).toBe(true);
  expect(header).toMatchObject({ payloadFrom: 20, payloadTo: 23 });
});

test('leaves padding out of the payload', () => {
  expect(read('a0 00 0001 00000000 00000001 d5d5 00000004')).toBe(true);
  expect(header).toMatchObject({ payloadFrom: 12, payloadTo: 14 });
});

test('reads a packet without payload', () => {
  expect(read('80 0d 0001 00000000 00000001')).toBe(true);
  expect(header).toMatchObject({ payloadFrom: 12, payloadTo: 12 });
});

test.each([
  ['shorter than a header', '80 00 0001 00000000 000000'],
  ['version 1', '40 00 0001 00000000 00000001'],
  ['version 3', 'c0 00 0001 00000000 00000001'],
  ['contributing sources past the end', '8f 00 0001 00000000 00000001 11111111'],
  ['an extension that is cut', '90 00 0001 00000000 00000001 bede'],
  ['an extension past the end', '90 00 0001 00000000 00000001 bede 0002 00000000'],
  ['padding of nothing', 'a0 00 0001 00000000 00000001 d5d5 00000000'],
  ['more padding than payload', 'a0 00 0001 00000000 00000001 d5d5 00000009'],
])('refuses %s', (_, hex) => {
  expect(read(hex)).toBe(false);
});

test('what is written is read again', () => {
  const packet = Buffer.alloc(RTP_HEADER_BYTES + 3);
  fc.assert(
    fc.property(
      fc.record({
        marker: fc.boolean(),
        payloadType: fc.nat(127),
        sequence: fc.nat(0xffff),
        timestamp: fc.nat(0xffffffff),
        ssrc: fc.nat(0xffffffff),
      }),
      (fields) => {
        writeRtpHeader(packet, { ...fields, payloadFrom: 0, payloadTo: 0 });
        expect(readRtpHeader(packet, packet.length, header)).toBe(true);
        expect(header).toEqual({ ...fields, payloadFrom: 12, payloadTo: 15 });
      },
    ),
  );
});

test('no bytes make the reader throw or point outside the packet', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      const packet = Buffer.from(bytes);
      if (!readRtpHeader(packet, packet.length, header)) return;
      expect(header.payloadFrom).toBeGreaterThanOrEqual(RTP_HEADER_BYTES);
      expect(header.payloadTo).toBeGreaterThanOrEqual(header.payloadFrom);
      expect(header.payloadTo).toBeLessThanOrEqual(packet.length);
    }),
  );
});
