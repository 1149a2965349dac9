import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { SipParseError } from '../../src/message/parse-error.ts';
import { parseMessage } from '../../src/message/parser.ts';
import { authentication, openEndpoint } from '../support/endpoints.ts';
import { openUdpPeer } from '../support/raw-peer.ts';

const folder = fileURLToPath(new URL('../fixtures/rfc4475/', import.meta.url));

/**
 * RFC 4475: what the parser says, and what a live endpoint with authentication answers. `accepted` responses and
 * rejected responses get no answer; 401 stands for a good request of a stranger.
 */
const outcomes: Readonly<
  Record<string, readonly [parsed: 'accepted' | 'dropped' | number, answered: number | undefined]>
> = {
  // 3.1.1 valid messages
  // It carries a To tag, of a dialog that is not here.
  wsinv: ['accepted', 481],
  intmeth: ['accepted', 401],
  esc01: ['accepted', 401],
  escnull: ['accepted', 401],
  esc02: ['accepted', 401],
  lwsdisp: ['accepted', 200],
  longreq: ['accepted', 401],
  dblreq: ['accepted', 401],
  semiuri: ['accepted', 200],
  transports: ['accepted', 200],
  mpart01: ['accepted', 401],
  unreason: ['accepted', undefined],
  noreason: ['accepted', undefined],
  // 3.1.2 invalid messages
  badinv01: [400, 400],
  clerr: [400, 400],
  ncl: [400, 400],
  scalar02: [400, 400],
  scalarlg: ['dropped', undefined],
  quotbal: [400, 400],
  ltgtruri: [400, 400],
  lwsruri: [400, 400],
  lwsstart: [400, 400],
  trws: [400, 400],
  escruri: [400, 400],
  // A Date nobody needs is no reason to lose a call.
  baddate: ['accepted', 401],
  regbadct: [400, 400],
  badaspec: [400, 400],
  baddn: [400, 400],
  badvers: [505, 505],
  mismatch01: [400, 400],
  mismatch02: [400, 400],
  bigcode: ['dropped', undefined],
  // 3.2 transaction layer
  badbranch: ['accepted', 200],
  // 3.3 application layer
  insuf: [400, 400],
  unkscm: [416, 416],
  novelsc: [416, 416],
  unksm2: ['accepted', 401],
  bext01: ['accepted', 420],
  invut: ['accepted', 401],
  regaut01: ['accepted', 401],
  multi01: [400, 400],
  mcl01: [400, 400],
  bcast: ['accepted', undefined],
  zeromf: ['accepted', 200],
  cparam01: ['accepted', 401],
  cparam02: ['accepted', 401],
  regescrt: ['accepted', 401],
  sdp01: ['accepted', 401],
  // 3.4 backward compatibility
  inv2543: ['accepted', 401],
};

function parsed(bytes: Buffer): 'accepted' | 'dropped' | number {
  try {
    parseMessage(bytes);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof SipParseError)) throw error;
    return error.fragment ? error.status : 'dropped';
  }
}

describe('RFC 4475 torture messages', () => {
  it('are all here', () => {
    const files = readdirSync(folder).map((file) => file.replace('.dat', ''));
    expect(files.sort()).toEqual(Object.keys(outcomes).sort());
    expect(files).toHaveLength(49);
  });

  it.each(Object.entries(outcomes))('%s: %j', async (name, [expectedParse, expectedAnswer]) => {
    const bytes = readFileSync(`${folder}${name}.dat`);
    expect(parsed(bytes)).toBe(expectedParse);

    const endpoint = await openEndpoint({ authentication });
    const peer = await openUdpPeer(endpoint.port);
    peer.send(bytes);
    if (expectedAnswer !== undefined) {
      expect(await peer.next()).toMatchObject({ status: expectedAnswer });
    } else {
      // The endpoint answers in order, so a probe's answer coming first means that there was no other.
      peer.send(readFileSync(`${folder}semiuri.dat`));
      expect(await peer.next()).toMatchObject({ status: 200, callId: 'semiuri.0ha0isndaksdj' });
    }
  });
});
