import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { callerIdentity } from '../../src/identity/caller-identity.ts';
import { SipParseError } from '../../src/message/parse-error.ts';
import { parseMessage } from '../../src/message/parser.ts';
import { sessionBody } from '../../src/message/session-body.ts';
import { SdpParseError } from '../../src/sdp/description.ts';
import { negotiateAudio } from '../../src/sdp/offer-answer.ts';
import { parseSdp } from '../../src/sdp/parse.ts';
import { StreamFraming } from '../../src/transport/stream-framing.ts';
import { answerFor, authentication, offer, openEndpoint } from '../support/endpoints.ts';
import { fastClock } from '../support/fake-clock.ts';
import { messageFromGrammar } from '../support/message-grammar.ts';
import { placeCall } from '../support/place-call.ts';
import { randomNumbers } from '../support/random-numbers.ts';
import { openUdpPeer, requestText } from '../support/raw-peer.ts';

const folder = fileURLToPath(new URL('../fixtures/rfc4475/', import.meta.url));
const SEED = 20_260_101;

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

/** The full count belongs into the run with the real peers; a share of it here. */
const COUNT = Number(process.env.MUTATIONS ?? 12_000);

/** Half of them torn out of good messages, half of them made by a grammar that errs. */
function* mutations(count: number): Generator<Buffer> {
  const random = randomNumbers(SEED);
  for (let index = 0; index < count; index++) {
    if (index % 2 === 0) yield mutate(originals[random(originals.length)] ?? Buffer.alloc(0), random);
    else yield messageFromGrammar(random);
  }
}

/** The full count takes a quarter of a minute. */
const PATIENCE_MS = 120_000;

describe('mutated messages', { timeout: PATIENCE_MS }, () => {
  it('throw nothing but the typed error, and leave nothing behind', () => {
    setFlagsFromString('--expose-gc');
    const collect: unknown = runInNewContext('gc');
    if (typeof collect !== 'function') throw new Error('no garbage collector to call');
    let rejected = 0;
    let index = 0;
    let settledBytes = 0;
    for (const bytes of mutations(COUNT)) {
      try {
        const message = parseMessage(bytes);
        sessionBody(message);
        if (message.kind === 'request') callerIdentity(message);
      } catch (error) {
        if (!(error instanceof SipParseError)) throw error;
        rejected++;
      }
      if (++index === Math.floor(COUNT / 4)) {
        collect();
        settledBytes = process.memoryUsage().heapUsed;
      }
    }
    collect();
    // Compiled code and caches grow a little; a leak of one kilobyte a message would be nine megabytes at the least.
    expect(process.memoryUsage().heapUsed - settledBytes).toBeLessThan(8 * 1024 * 1024);
    expect(rejected).toBeGreaterThan(COUNT / 5);
    expect(rejected).toBeLessThan(COUNT);
  });

  it('cut a stream into messages or break it, nothing else', () => {
    for (const bytes of mutations(COUNT / 6)) {
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
    for (let index = 0; index < COUNT / 4; index++) {
      try {
        const description = parseSdp(mutate(Buffer.from(offer), random).toString('utf8'));
        negotiateAudio(description, { address: '127.0.0.1', port: 4000, codecs: ['PCMU'], sessionId: 1 });
      } catch (error) {
        expect(error).toBeInstanceOf(SdpParseError);
      }
    }
  });

  it('leave a live endpoint able to take a call from the same host', async () => {
    const endpoint = await openEndpoint({
      authentication,
      // What lingers for half a minute would fill the memory of this test.
      clock: fastClock(1000),
      onInvite: (call) => call.answer(answerFor(call)),
    });
    const peer = await openUdpPeer(endpoint.port);
    const probe = (name: string) => peer.send(requestText({ callId: name, method: 'OPTIONS', port: peer.port }));
    let index = 0;
    for (const bytes of mutations(COUNT)) {
      if (bytes.length < 60_000) peer.send(bytes);
      // In step with the endpoint, so that no buffer overflows.
      if (++index % 100 !== 0) continue;
      probe(`probe-${index}`);
      await peer.next((message) => message.callId === `probe-${index}`);
    }
    const phone = await openEndpoint();
    const { call, answered } = placeCall(phone, `sip:+12025550100@127.0.0.1:${endpoint.port}`);
    await answered;
    await call.hangup();
    expect(endpoint.activeCalls).toBe(0);
  });
});
