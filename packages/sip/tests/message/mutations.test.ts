import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { SipParseError } from '../../src/message/parse-error.ts';
import { parseMessage } from '../../src/message/parser.ts';
import { SdpParseError } from '../../src/sdp/description.ts';
import { negotiateAudio } from '../../src/sdp/offer-answer.ts';
import { parseSdp } from '../../src/sdp/parse.ts';
import { StreamFraming } from '../../src/transport/stream-framing.ts';
import { authentication, offer, openEndpoint } from '../support/endpoints.ts';
import { openUdpPeer, requestText } from '../support/raw-peer.ts';

const folder = fileURLToPath(new URL('../fixtures/rfc4475/', import.meta.url));
const SEED = 20_260_101;

/** Mulberry32: small, seeded, good enough to choose mutations. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Pieces with a meaning in the grammar, or too much of one. */
const pieces = [
  '"',
  '<',
  '>',
  ';',
  ',',
  ':',
  '@',
  '[',
  ']',
  '%',
  '%00',
  '%zz',
  '\\',
  '\0',
  '\r\n',
  '\r',
  '\n',
  '\r\n ',
  '\t',
  ' ',
  '=',
  '//',
  '-1',
  '999999999999999999999',
  'SIP/2.0',
  'SIP/9.9',
  'é',
  '\xff',
  '::',
  '[::1]',
  'a'.repeat(5000),
  ';'.repeat(300),
  ','.repeat(300),
  '\r\nVia: SIP/2.0/UDP x',
  '\r\n\r\n',
  'z9hG4bK',
  ';tag',
  ';tag=',
  'sip:',
  'tel:+1',
  '\r\nRequire: "',
  '\r\nContent-Length: 5',
  '\r\nContact: *',
  '((('.repeat(100),
  '\r\nAuthorization: Digest a="',
];

function mutate(original: Buffer, random: (below: number) => number): Buffer {
  let bytes = original;
  for (let round = random(3); round >= 0; round--) {
    const at = random(bytes.length + 1);
    const length = random(12);
    const piece = Buffer.from(pieces[random(pieces.length)] ?? '', 'latin1');
    const middle = [
      piece,
      Buffer.alloc(0),
      Buffer.from([random(256)]),
      bytes.subarray(at, at + length * 20),
      Buffer.concat([piece, bytes.subarray(at, at + length)]),
    ][random(5)];
    bytes = Buffer.concat([bytes.subarray(0, at), middle ?? piece, bytes.subarray(at + length)]);
  }
  return bytes;
}

const originals = [
  ...readdirSync(folder).map((file) => readFileSync(`${folder}${file}`)),
  Buffer.from(requestText({ callId: 'fuzz', port: 5060, body: offer, headers: ['Content-Type: application/sdp'] })),
  Buffer.from(requestText({ callId: 'fuzz-bye', method: 'BYE', port: 5060, toTag: 'x' })),
];

function mutations(count: number): Buffer[] {
  const random = randomNumbers(SEED);
  return Array.from({ length: count }, () => mutate(originals[random(originals.length)] ?? Buffer.alloc(0), random));
}

describe('mutated messages', () => {
  it('throw nothing but the typed error', () => {
    let rejected = 0;
    for (const bytes of mutations(6000)) {
      try {
        parseMessage(bytes);
      } catch (error) {
        if (!(error instanceof SipParseError)) throw error;
        rejected++;
      }
    }
    expect(rejected).toBeGreaterThan(1000);
    expect(rejected).toBeLessThan(6000);
  });

  it('cut a stream into messages or break it, nothing else', () => {
    for (const bytes of mutations(1000)) {
      const framing = new StreamFraming({ message() {}, ping() {} });
      try {
        framing.push(bytes);
      } catch (error) {
        expect(error).toMatchObject({ name: 'FramingError' });
      }
    }
  });

  it('of an SDP offer are read or refused', () => {
    const random = randomNumbers(SEED);
    for (let index = 0; index < 3000; index++) {
      try {
        const description = parseSdp(mutate(Buffer.from(offer), random).toString('utf8'));
        negotiateAudio(description, { address: '127.0.0.1', port: 4000, codecs: ['PCMU'], sessionId: 1 });
      } catch (error) {
        expect(error).toBeInstanceOf(SdpParseError);
      }
    }
  });

  it('leave a live endpoint able to answer', async () => {
    const endpoint = await openEndpoint({ authentication });
    const peer = await openUdpPeer(endpoint.port);
    const probe = (name: string) => peer.send(requestText({ callId: name, method: 'OPTIONS', port: peer.port }));
    const all = mutations(2000).filter((bytes) => bytes.length < 60_000);
    for (const [index, bytes] of all.entries()) {
      peer.send(bytes);
      // In step with the endpoint, so that no buffer overflows.
      if (index % 100 !== 99) continue;
      probe(`probe-${index}`);
      await peer.next((message) => message.callId === `probe-${index}`);
    }
    probe('last');
    expect(await peer.next((message) => message.callId === 'last')).toMatchObject({ status: 200 });
    expect(endpoint.activeCalls).toBe(0);
  });
});
