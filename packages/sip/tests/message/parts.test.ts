import { describe, expect, it } from 'vitest';
import { parseCSeq } from '../../src/message/cseq.ts';
import { SipHeaders } from '../../src/message/headers.ts';
import { parseNameAddr } from '../../src/message/name-addr.ts';
import { SipParseError } from '../../src/message/parse-error.ts';
import { parseMessage } from '../../src/message/parser.ts';
import { responseBytes } from '../../src/message/response.ts';
import { parseUri, writeHostPort } from '../../src/message/uri.ts';
import { markReceived, parseVia, transactionBranch, writeVia } from '../../src/message/via.ts';

describe('URI', () => {
  it.each([
    ['sip:alice@example.com', { scheme: 'sip', user: 'alice', host: 'example.com', port: undefined }],
    ['SIPS:example.com:5061', { scheme: 'sips', user: undefined, host: 'example.com', port: 5061 }],
    ['sip:%2B1202@[2001:db8::1]:5070;transport=tcp', { user: '+1202', host: '2001:db8::1', port: 5070 }],
    ['sip:a;b?c:secret@h', { user: 'a;b?c', host: 'h' }],
    ['sip:h?subject=x%20y', { host: 'h', headers: 'subject=x%20y' }],
    ['tel:+1-202-555-0100;phone-context=x', { scheme: 'tel', user: '+1-202-555-0100', host: '' }],
    ['sip:*67#@h', { user: '*67#' }],
    ['sip:caf%C3%A9@h', { user: 'café' }],
    ['mailto:x@y', { scheme: 'mailto', host: '' }],
  ])('%s', (text, expected) => {
    expect(parseUri(text)).toMatchObject(expected);
  });

  it('reads parameters without regard to case', () => {
    expect(parseUri('sip:h;Transport=TCP;lr').parameters).toEqual(
      new Map([
        ['transport', 'TCP'],
        ['lr', undefined],
      ]),
    );
  });

  it.each([
    '',
    'alice',
    'sip:',
    'sip:@h',
    'sip:a@',
    'sip:a@h:99999',
    'sip:a@[::1',
    'sip:a@[x]',
    'sip:a b@h',
    'sip:a@h;',
    'sip:%zz@h',
    'tel:',
    'sip:a@h:x',
  ])('refuses %j', (text) => {
    expect(() => parseUri(text)).toThrow(SipParseError);
  });

  it('writes IPv6 with brackets', () => {
    expect(writeHostPort('::1', 5060)).toBe('[::1]:5060');
    expect(writeHostPort('h', undefined)).toBe('h');
  });
});

describe('address', () => {
  it.each([
    ['<sip:a@h>', undefined, 'sip:a@h', []],
    ['"A \\"B\\"" <sip:a@h;x=1>;tag=9', 'A "B"', 'sip:a@h;x=1', [['tag', '9']]],
    ['Front Desk<sip:a@h>', 'Front Desk', 'sip:a@h', []],
    ['sip:a@h;tag=9', undefined, 'sip:a@h', [['tag', '9']]],
    ['Jürgen <sip:j@h>', 'Jürgen', 'sip:j@h', []],
  ])('%s', (text, displayName, uri, parameters) => {
    const address = parseNameAddr(text);
    expect([address.displayName, address.uri.text, [...address.parameters]]).toEqual([displayName, uri, parameters]);
  });

  it.each([
    '"a <sip:a@h>',
    '<sip:a@h',
    'a, b <sip:a@h>',
    'sip:a@h?x=y',
    '<sip:a@h> tail',
    '"a" b <sip:a@h>',
    '"a"',
    '<sip:a@h>;;',
  ])('refuses %j', (text) => {
    expect(() => parseNameAddr(text)).toThrow(SipParseError);
  });
});

describe('Via', () => {
  it('reads blanks, IPv6 and parameters', () => {
    expect(parseVia('SIP / 2.0 / TCP   [2001:db8::1] : 5060 ; branch = z9hG4bK1 ;rport')).toEqual({
      transport: 'TCP',
      host: '2001:db8::1',
      port: 5060,
      parameters: new Map([
        ['branch', 'z9hG4bK1'],
        ['rport', undefined],
      ]),
    });
  });

  it('is marked with the real source (RFC 3261 18.2.1, RFC 3581)', () => {
    const marked = (text: string) => writeVia(markReceived(parseVia(text), '192.0.2.1', 33_000));
    expect(marked('SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK1')).toBe(
      'SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK1;received=192.0.2.1',
    );
    expect(marked('SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1')).toBe('SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1');
    expect(marked('SIP/2.0/UDP 192.0.2.1;rport;branch=z9hG4bK1')).toBe(
      'SIP/2.0/UDP 192.0.2.1;rport=33000;branch=z9hG4bK1;received=192.0.2.1',
    );
  });

  it('has no usable branch when there is only the cookie', () => {
    expect(transactionBranch(parseVia('SIP/2.0/UDP h;branch=z9hG4bK'))).toBeUndefined();
    expect(transactionBranch(parseVia('SIP/2.0/UDP h;branch=old'))).toBeUndefined();
    expect(transactionBranch(parseVia('SIP/2.0/UDP h;branch=z9hG4bK1'))).toBe('z9hG4bK1');
  });
});

describe('headers', () => {
  it('are found in any case and in compact form, and keep their order', () => {
    const headers = new SipHeaders()
      .append('v', 'SIP/2.0/UDP a')
      .append('X-Odd', '1')
      .append('VIA', 'SIP/2.0/UDP b, SIP/2.0/UDP c');
    expect(headers.list('Via')).toEqual(['SIP/2.0/UDP a', 'SIP/2.0/UDP b', 'SIP/2.0/UDP c']);
    expect(headers.get('x-odd')).toBe('1');
    expect([...headers].map(([name]) => name)).toEqual(['v', 'X-Odd', 'VIA']);
  });

  it('cannot be made to break out of their line', () => {
    expect(() => new SipHeaders().append('X', 'a\r\nVia: b')).toThrow(TypeError);
    expect(() => new SipHeaders().append('X: a\r\nB', 'c')).toThrow(TypeError);
  });

  it('CSeq reads leading zeros and refuses what is too large', () => {
    expect(parseCSeq('0009   INVITE')).toEqual({ number: 9, method: 'INVITE' });
    for (const text of ['INVITE', '2147483648 INVITE', '-1 INVITE', '1'])
      expect(() => parseCSeq(text)).toThrow(SipParseError);
  });
});

describe('message', () => {
  const text = (headers: string, body = '') =>
    `INVITE sip:a@h SIP/2.0\r\nv: SIP/2.0/UDP h;branch=z9hG4bK1\r\nf: <sip:b@h>;tag=1\r\nt: <sip:a@h>\r\ni: x\r\nCSeq: 1 INVITE\r\n${headers}\r\n${body}`;

  it('keeps unknown headers as they came', () => {
    const message = parseMessage(
      Buffer.from(text('P-Charging-Vector: icid-value="x";a=<>,\r\nX-OPENCX-AGENT-ID: 7\r\n')),
    );
    expect(message.headers.get('p-charging-vector')).toBe('icid-value="x";a=<>,');
    expect(message.headers.get('x-opencx-agent-id')).toBe('7');
  });

  it('does not copy the body', () => {
    const bytes = Buffer.from(text('Content-Length: 4\r\n', 'body and more'));
    const { body } = parseMessage(bytes);
    expect(body.toString()).toBe('body');
    expect(body.buffer).toBe(bytes.buffer);
  });

  it('echoes bytes that are no UTF-8 unchanged', () => {
    const bytes = Buffer.from(text('Content-Length: 0\r\n').replace('<sip:b@h>', '"J\xfcrgen" <sip:b@h>'), 'latin1');
    const request = parseMessage(bytes);
    if (request.kind !== 'request') throw new Error('not a request');
    expect(responseBytes(request, 200).includes(Buffer.from('J\xfcrgen', 'latin1'))).toBe(true);
  });

  it.each([
    ['300 headers', 'X: y\r\n'.repeat(300)],
    ['a header without end', `X: ${'y'.repeat(9000)}\r\n`],
    ['a line feed alone', 'X: y\nZ: 1\r\n'],
    ['a header without name', ': y\r\n'],
    ['two Max-Forwards', 'Max-Forwards: 1\r\nMax-Forwards: 2\r\n'],
    ['Max-Forwards beyond 255', 'Max-Forwards: 256\r\n'],
    ['a Contact that is none', 'Contact: what\r\n'],
    ['a Call-ID with blanks', 'Call-ID: a b\r\n'],
  ])('with %s is refused with its fragment', (_, headers) => {
    expect(() => parseMessage(Buffer.from(text(headers)))).toThrow(
      expect.objectContaining({ status: 400, fragment: expect.objectContaining({ method: 'INVITE' }) }),
    );
  });
});
