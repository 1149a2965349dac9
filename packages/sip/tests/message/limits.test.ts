import { describe, expect, it } from 'vitest';
import { MAX_BODY_BYTES, MAX_HEAD_BYTES, MAX_HEADER_CHARACTERS, MAX_HEADERS } from '../../src/message/limits.ts';
import { parseMessage } from '../../src/message/parser.ts';
import { authentication, openEndpoint } from '../support/endpoints.ts';
import { openUdpPeer, requestText } from '../support/raw-peer.ts';

function invite(headers: readonly string[], body = ''): string {
  return requestText({ callId: 'large', port: 5060, headers, body });
}

const oversized: readonly (readonly [what: string, text: string, status: number])[] = [
  ['a head beyond its limit', invite(Array.from({ length: 40 }, () => `X: ${'y'.repeat(1000)}`)), 513],
  ['a header beyond its limit', invite([`X: ${'y'.repeat(MAX_HEADER_CHARACTERS)}`]), 400],
  ['more headers than a message may have', invite(Array.from({ length: MAX_HEADERS }, () => 'X: y')), 400],
  [
    'a body that says it is too large',
    invite([]).replace(/Content-Length: 0/, `Content-Length: ${MAX_BODY_BYTES + 1}`),
    413,
  ],
  ['a number no length can be', invite([]).replace(/Content-Length: 0/, `Content-Length: ${'9'.repeat(25)}`), 400],
  ['a list beyond its limit', invite([`Route: ${Array.from({ length: 300 }, () => '<sip:a;lr>').join()}`]), 400],
];

describe('a message that is too large', () => {
  it.each(oversized)('with %s is answered', async (_, text, status) => {
    expect(() => parseMessage(Buffer.from(text))).toThrow(expect.objectContaining({ status }));
    const endpoint = await openEndpoint({ authentication });
    const peer = await openUdpPeer(endpoint.port);
    peer.send(text);
    const answer = await peer.next();
    expect([answer.status, answer.callId]).toEqual([status, 'large']);
  });

  it('in a datagram without Content-Length is refused with 413', () => {
    const text = invite([]).replace(/Content-Length: 0\r\n/, '');
    expect(() => parseMessage(Buffer.from(text + 'x'.repeat(MAX_BODY_BYTES + 1)))).toThrow(
      expect.objectContaining({ status: 413 }),
    );
  });

  it('is accepted at the limits', () => {
    const filler = Array.from({ length: 30 }, () => `X: ${'y'.repeat(1000)}`);
    expect(invite(filler).length).toBeLessThan(MAX_HEAD_BYTES);
    expect(parseMessage(Buffer.from(invite(filler, 'x'.repeat(MAX_BODY_BYTES)))).body).toHaveLength(MAX_BODY_BYTES);
  });
});

describe('headers named like parts of an object', () => {
  it.each(['constructor', '__proto__', 'toString', 'z'])('%s is a header like any other', (name) => {
    const { headers } = parseMessage(Buffer.from(invite([`${name}: value`])));
    expect(headers.get(name.toUpperCase())).toBe('value');
  });
});
