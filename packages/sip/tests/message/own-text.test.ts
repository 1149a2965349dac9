import { describe, expect, it } from 'vitest';
import { ownText } from '../../src/message/own-text.ts';

describe('a text of its own', () => {
  it('is the same for the same text, wherever it was cut from', () => {
    const head = 'Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\nCall-ID: 1@192.0.2.1';
    const branch = head.slice(head.indexOf('z9'), head.indexOf('\r'));
    expect(ownText(branch)).toBe('z9hG4bK1');
    expect(ownText(`${branch}\n${'INVITE'}`)).toBe(ownText('z9hG4bK1\nINVITE'));
  });

  it.each([
    ['ā', 'Ä\u0081'],
    ['ā', '\u0001'],
    ['é', 'e\u0301'],
  ])('differs where texts differ: %j and %j', (one, other) => {
    expect(ownText(one)).not.toBe(ownText(other));
  });
});
