import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SipHeaders } from '../../src/message/headers.ts';
import { bodyParts } from '../../src/message/multipart.ts';
import { SipParseError } from '../../src/message/parse-error.ts';
import { parseMessage } from '../../src/message/parser.ts';
import { sessionBody } from '../../src/message/session-body.ts';

const sdp = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\n';

function message(contentType: string, body: string | Buffer, ...more: (readonly [string, string])[]) {
  const headers = new SipHeaders().append('Content-Type', contentType);
  for (const [name, value] of more) headers.append(name, value);
  return { headers, body: Buffer.from(body) };
}

function mixed(...parts: string[]) {
  const body = `preamble\r\n${parts.map((part) => `--b1\r\n${part}\r\n`).join('')}--b1--\r\nepilogue`;
  return message('multipart/mixed;boundary="b1"', body);
}

const sdpPart = `Content-Type: application/sdp\r\n\r\n${sdp}`;

function kindOf(one: ReturnType<typeof message>): string {
  const body = sessionBody(one);
  return body.kind === 'description' ? body.bytes.toString() : body.kind;
}

describe('a multipart body (RFC 5621, RFC 2046)', () => {
  it.each([
    [
      'ISUP of a gateway (RFC 3204)',
      'Content-Type: application/isup;version=itu-t92+\r\nContent-Disposition: signal;handling=optional\r\n\r\n\x01\x00\r\n\r\n--b',
    ],
    ['a location (RFC 6442)', 'Content-Type: application/pidf+xml\r\nContent-ID: <a@h>\r\n\r\n<presence/>'],
    ['a part without headers', '\r\nplain text'],
    ['a part with headers alone', 'Content-Type: text/plain'],
    ['an empty part', ''],
  ])('gives its SDP beside %s', (_, other) => {
    for (const parts of [
      [sdpPart, other],
      [other, sdpPart],
    ])
      expect(kindOf(mixed(...parts))).toBe(sdp);
  });

  it('is refused with 415 only for a part that is required and unknown', () => {
    const required = 'Content-Type: application/isup\r\nContent-Disposition: signal;handling=REQUIRED\r\n\r\n\x01';
    expect(sessionBody(mixed(sdpPart, required))).toMatchObject({
      kind: 'unreadable',
      reason: 'bodies of type application/isup are not read here',
      headers: { Accept: 'application/sdp, multipart/mixed' },
    });
  });

  it('may be nested', () => {
    const inner = `Content-Type: multipart/alternative; boundary=b2\r\n\r\n--b2\r\n${sdpPart}\r\n--b2--`;
    expect(kindOf(mixed(inner, '\r\nx'))).toBe(sdp);
  });

  it('without SDP leaves the offer to us', () => {
    expect(kindOf(mixed('Content-Type: application/pidf+xml\r\n\r\n<presence/>'))).toBe('none');
  });

  it('does not copy its parts', () => {
    const one = mixed(sdpPart);
    expect(bodyParts(one)[0]?.bytes.buffer).toBe(one.body.buffer);
  });

  it('keeps binary parts whole (RFC 4475 3.1.1.11)', () => {
    const request = parseMessage(readFileSync(new URL('../fixtures/rfc4475/mpart01.dat', import.meta.url)));
    const parts = bodyParts(request);
    expect(parts.map(({ contentType }) => contentType)).toEqual(['text/plain', 'application/octet-stream']);
    expect(parts[0]?.bytes.toString()).toBe('Hello');
    // A DER sequence says its own length: 4 bytes of head, 0x152 of content.
    expect(parts[1]?.bytes.subarray(0, 4).toString('hex')).toBe('30820152');
    expect(parts[1]?.bytes).toHaveLength(4 + 0x152);
  });

  it.each([
    ['no boundary', message('multipart/mixed', 'x')],
    ['an empty boundary', message('multipart/mixed;boundary=""', 'x')],
    ['a boundary beyond 70 characters', message(`multipart/mixed;boundary=${'x'.repeat(71)}`, 'x')],
    ['no delimiter', message('multipart/mixed;boundary=b1', 'x')],
    ['no closing delimiter', message('multipart/mixed;boundary=b1', `--b1\r\n${sdpPart}\r\n`)],
    ['a part whose head is none', mixed('what is this\r\n\r\nx')],
    ['seventeen parts', mixed(...Array.from({ length: 17 }, () => '\r\nx'))],
    [
      'parts in parts in parts in parts',
      message(
        'multipart/mixed;boundary=b',
        ['b', 'bb', 'bbb'].reduceRight(
          (inner, name) =>
            `--${name}\r\nContent-Type: multipart/mixed;boundary=${name}b\r\n\r\n${inner}\r\n--${name}--`,
          '--bbbb\r\n\r\nx\r\n--bbbb--',
        ),
      ),
    ],
  ])('with %s is malformed', (_, one) => {
    expect(() => sessionBody(one)).toThrow(SipParseError);
  });
});

describe('a single body', () => {
  it.each([
    ['is read', message('application/SDP; charset=utf-8', sdp), sdp],
    ['of another type is not', message('text/plain', 'x'), 'unreadable'],
    [
      'of another type may be optional (RFC 3261 20.11)',
      message('text/plain', 'x', ['Content-Disposition', 'render;handling=optional']),
      'none',
    ],
    ['in another encoding is not', message('application/sdp', 'x', ['Content-Encoding', 'gzip']), 'unreadable'],
    ['that is empty is none', message('text/plain', ''), 'none'],
  ])('%s', (_, one, kind) => {
    expect(kindOf(one)).toBe(kind);
  });
});
