import { describe, expect, it } from 'vitest';
import { SipHeaders } from '../../src/message/headers.ts';
import { SipParseError } from '../../src/message/parse-error.ts';
import { parseMessage } from '../../src/message/parser.ts';
import { readReferTo, writeReferTo } from '../../src/refer/refer-to.ts';
import { readReplaces, replacedByPeerOf, writeReplaces } from '../../src/refer/replaces.ts';
import { readStatusFragment, writeStatusFragment } from '../../src/refer/sipfrag.ts';
import { requestText } from '../support/raw-peer.ts';

function refer(...headers: string[]) {
  const message = parseMessage(Buffer.from(requestText({ callId: 'x', method: 'REFER', port: 5060, headers })));
  if (message.kind !== 'request') throw new Error('not a request');
  return message;
}

describe('a status fragment (RFC 3420)', () => {
  it.each([
    ['SIP/2.0 200 OK\r\n', { status: 200, reason: 'OK' }],
    ['SIP/2.0 100 Trying', { status: 100, reason: 'Trying' }],
    ['sip/2.0 603 Not this time\r\nTo: <sip:a@h>\r\n', { status: 603, reason: 'Not this time' }],
    ['SIP/2.0 486 \n', { status: 486, reason: '' }],
  ])('%j', (body, expected) => {
    expect(readStatusFragment(Buffer.from(body))).toEqual(expected);
  });

  it.each(['', 'hello', 'SIP/2.0 99 x', 'SIP/2.0 2000', 'SIP/1.0 200 OK', 'INVITE sip:a SIP/2.0'])(
    '%j is none',
    (body) => {
      expect(readStatusFragment(Buffer.from(body))).toBeUndefined();
    },
  );

  it('is written with the usual phrase, and on one line', () => {
    expect(writeStatusFragment(180, undefined)).toBe('SIP/2.0 180 Ringing\r\n');
    expect(writeStatusFragment(200, 'a\r\nVia: b')).toBe('SIP/2.0 200 a Via: b\r\n');
  });
});

describe('Replaces (RFC 3891)', () => {
  const read = (...values: string[]) => {
    const headers = new SipHeaders();
    for (const value of values) headers.append('Replaces', value);
    return readReplaces(headers);
  };

  it('is read with its tags, whatever their order', () => {
    expect(read('Abc@h ; from-tag=1;to-tag=2;early-only;x=y')).toEqual({
      callId: 'Abc@h',
      toTag: '2',
      fromTag: '1',
      earlyOnly: true,
    });
    expect(read('a;to-tag=0;from-tag=1')).toMatchObject({ toTag: '', earlyOnly: false });
    expect(read()).toBeUndefined();
  });

  it.each([
    ['a'],
    ['a;to-tag=1'],
    [';to-tag=1;from-tag=2'],
    ['a;to-tag;from-tag=1'],
    ['a;to-tag=1;from-tag=2', 'b;to-tag=1;from-tag=2'],
  ])('%j is malformed', (...values) => {
    expect(() => read(...values)).toThrow(SipParseError);
  });

  it('names our dialog as its other side does', () => {
    const replaced = replacedByPeerOf({ callId: 'c@h', localTag: 'ours', remoteTag: 'theirs' });
    expect(writeReplaces(replaced)).toBe('c@h;to-tag=theirs;from-tag=ours');
    expect(read(writeReplaces(replaced))).toEqual(replaced);
    expect(writeReplaces({ ...replaced, toTag: '' })).toContain('to-tag=0');
  });
});

describe('Refer-To (RFC 3515)', () => {
  it('carries an escaped Replaces both ways', () => {
    const replaces = { callId: '1;2@[::1]', toTag: 'a', fromTag: 'b', earlyOnly: false };
    const value = writeReferTo('sip:bob@h;transport=tcp', replaces);
    expect(value).toBe('<sip:bob@h;transport=tcp?Replaces=1%3B2%40%5B%3A%3A1%5D%3Bto-tag%3Da%3Bfrom-tag%3Db>');
    expect(readReferTo(refer('Refer-To: <sip:bob@h?replaces=c%40h%3Bto-tag%3Da%3Bfrom-tag%3Db&x=y>'))).toEqual({
      uri: 'sip:bob@h',
      replaces: { callId: 'c@h', toTag: 'a', fromTag: 'b', earlyOnly: false },
      method: 'INVITE',
    });
  });

  it('is read in its compact form and without brackets', () => {
    expect(readReferTo(refer('r: sip:bob@h'))).toEqual({ uri: 'sip:bob@h', replaces: undefined, method: 'INVITE' });
    expect(readReferTo(refer('Refer-To: "Bob, B" <tel:+12025550100>'))).toMatchObject({ uri: 'tel:+12025550100' });
    expect(readReferTo(refer('Refer-To: <sip:bob@h;method=bye>'))).toMatchObject({ method: 'BYE' });
  });

  it.each([
    [],
    ['Refer-To: <sip:a@h>', 'Refer-To: <sip:b@h>'],
    ['Refer-To: <sip:a@h>, <sip:b@h>'],
    ['Refer-To: nobody'],
    ['Refer-To: <sip:a@h?Replaces=%zz>'],
    ['Refer-To: <sip:a@h?Replaces=a>'],
  ])('%j is malformed', (...headers) => {
    expect(() => readReferTo(refer(...headers))).toThrow(SipParseError);
  });

  it('does not let the target bring headers of its own', () => {
    expect(() => writeReferTo('sip:a@h?Replaces=x', undefined)).toThrow(SipParseError);
    expect(() => writeReferTo('sip:a@h>', undefined)).toThrow(SipParseError);
  });
});
