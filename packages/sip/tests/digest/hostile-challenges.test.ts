import { describe, expect, it } from 'vitest';
import { DigestClient } from '../../src/digest/client.ts';
import { responseWith } from '../support/messages.ts';

const invite = { method: 'INVITE', uri: 'sip:c@d' };
const clientFor = () => new DigestClient({ username: 'bob', password: 'zanzibar' });

describe('a server that makes its challenges up', () => {
  it('is not answered when the answer could not be written', () => {
    for (const parameter of [
      'realm="r\0", nonce="n"',
      'realm="r", nonce="\x07"',
      'realm="r", nonce="n", opaque="\0"',
    ]) {
      const client = clientFor();
      expect(client.challenged(responseWith(401, `WWW-Authenticate: Digest ${parameter}`))).toBe(false);
      expect(client.authorize(invite)).toEqual([]);
    }
  });

  it('fills no memory with its realms', () => {
    const client = clientFor();
    for (let index = 0; index < 100; index++) {
      client.challenged(responseWith(401, `WWW-Authenticate: Digest realm="${index}", nonce="n"`));
    }
    const realms = client.authorize(invite).map(({ value }) => /realm="(\d+)"/.exec(value)?.[1]);
    expect(realms).toEqual(['92', '93', '94', '95', '96', '97', '98', '99']);
  });
});
