import { expect, test } from 'vitest';
import { datagramKind } from '../src/datagram-kind.ts';

test.each([
  ['rtp', '8000'],
  ['rtp', '8080'],
  // Telephone event 101 with the marker.
  ['rtp', '80e5'],
  ['rtp', 'bf7f'],
  // Sender report, receiver report, bye.
  ['rtcp', '80c8'],
  ['rtcp', '81c9'],
  ['rtcp', '81cb'],
  ['stun', '0001'],
  ['stun', '0101'],
  ['zrtp', '1000'],
  // A DTLS ClientHello.
  ['dtls', '16fefd'],
  ['turn', '4000'],
  ['unknown', 'ff00'],
  ['unknown', '0d0a'],
  ['unknown', '80'],
  ['unknown', ''],
])('%s begins with %s', (kind, hex) => {
  const packet = Buffer.from(hex, 'hex');
  expect(datagramKind(packet, packet.length)).toBe(kind);
});
