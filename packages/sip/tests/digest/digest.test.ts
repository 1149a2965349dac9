import { createHmac, createSecretKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseDigestHeader, writeDigestHeader } from '../../src/digest/challenge.ts';
import { judgeNonce, makeNonce } from '../../src/digest/nonce.ts';
import { NonceUses } from '../../src/digest/nonce-uses.ts';
import { digestResponse } from '../../src/digest/response.ts';

const key = createSecretKey(Buffer.alloc(32, 3));
const nowMs = 1_700_000_000_000;

describe('digest response', () => {
  it('agrees with the example of RFC 2617 3.5', () => {
    const input = {
      algorithm: 'MD5',
      username: 'Mufasa',
      password: 'Circle Of Life',
      realm: 'testrealm@host.com',
      method: 'GET',
      uri: '/dir/index.html',
      nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
    } as const;
    const quality = { qop: 'auth', nc: '00000001', cnonce: '0a4f113b' } as const;
    expect(digestResponse({ ...input, quality })).toBe('6629fae49393a05397450978507c4ef1');
    expect(digestResponse(input)).toBe('670fd8c2df070c60b045671b8b24ff02');
  });

  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ] as const)('agrees with the example of RFC 7616 3.9.1, %s', (algorithm, expected) => {
    const cnonce = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ';
    const input = {
      algorithm,
      username: 'Mufasa',
      password: 'Circle of Life',
      realm: 'http-auth@example.org',
      method: 'GET',
      uri: '/dir/index.html',
      nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
      quality: { qop: 'auth', nc: '00000001', cnonce },
    } as const;
    expect(digestResponse(input)).toBe(expected);
  });

  it('agrees with the example of RFC 7616 3.9.2, as erratum 4897 corrects it', () => {
    const cnonce = 'NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v';
    const input = {
      algorithm: 'SHA-512-256',
      username: 'J\u00e4s\u00f8n Doe',
      password: 'Secret, or not?',
      realm: 'api@example.org',
      method: 'GET',
      uri: '/doe.json',
      nonce: '5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK',
      quality: { qop: 'auth', nc: '00000001', cnonce },
    } as const;
    expect(digestResponse(input)).toBe('3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5');
  });

  // Computed with `printf %s ... | openssl dgst -md5 -r`, -sha256 and -sha512-256, hash by hash.
  it.each([
    ['MD5', '2d91b20ab440f2ed70b7949266a91f88'],
    ['SHA-256', 'b8373943c1df0d7972d2fcf6983d9c211ac921ee20b802a3e9f2ead91a1bcd16'],
    ['SHA-512-256', '3da4a365dde6b10d5137e9630f8cddaa0987c14524d25dc97be9144356e9dd8d'],
  ] as const)('agrees with openssl, %s (RFC 8760 2.3)', (algorithm, expected) => {
    const input = {
      algorithm,
      username: 'bob',
      password: 'zanzib\u00e4r',
      realm: 'biloxi.com',
      method: 'REGISTER',
      uri: 'sip:biloxi.com',
      nonce: 'nonce',
      quality: { qop: 'auth', nc: '0000000a', cnonce: 'cnonce' },
    } as const;
    expect(digestResponse(input)).toBe(expected);
  });
});

describe('nonce', () => {
  const at = { key, realm: 'here', lifetimeMs: 10_000 };

  it('is good for its lifetime', () => {
    const nonce = makeNonce(key, 'here', 1_000_000);
    expect(judgeNonce(nonce, { ...at, wallTimeMs: 1_010_000 })).toBe('valid');
    expect(judgeNonce(nonce, { ...at, wallTimeMs: 1_010_001 })).toBe('expired');
  });

  it.each([
    '',
    'x',
    'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    makeNonce(createSecretKey(Buffer.alloc(32, 4)), 'here', 1_000_000),
    makeNonce(key, 'there', 1_000_000),
  ])('is not taken from elsewhere: %s', (nonce) => {
    expect(judgeNonce(nonce, { ...at, wallTimeMs: 1_000_000 })).toBe('forged');
  });

  it.each([32, 64, 65])('ends in an HMAC-SHA-256 (RFC 2104) under a key of %i bytes', (length) => {
    const secret = Buffer.alloc(length, 5);
    const bytes = Buffer.from(makeNonce(createSecretKey(secret), 'here', 1_000_000), 'base64url');
    const mac = createHmac('sha256', secret).update(bytes.subarray(0, 10)).update('here').digest();
    expect(bytes.subarray(10)).toEqual(mac.subarray(0, 16));
  });

  it('is another one for each of two clients that are challenged in one millisecond', () => {
    expect(makeNonce(key, 'here', 1_000_000)).not.toBe(makeNonce(key, 'here', 1_000_000));
  });

  it('is not taken with another time', () => {
    const bytes = Buffer.from(makeNonce(key, 'here', 1_000_000), 'base64url');
    bytes.writeUIntBE(1_005_000, 0, 6);
    expect(judgeNonce(bytes.toString('base64url'), { ...at, wallTimeMs: 1_005_000 })).toBe('forged');
  });
});

describe('uses of a nonce', () => {
  it('are told apart by their count', () => {
    const uses = new NonceUses(10_000);
    expect(uses.isFirst('n', '00000001', nowMs)).toBe(true);
    expect(uses.isFirst('n', '00000002', nowMs)).toBe(true);
    expect(uses.isFirst('m', '00000001', nowMs)).toBe(true);
    expect(uses.isFirst('n', '00000001', nowMs)).toBe(false);
  });

  it('are remembered while the nonce can be valid, also one from a clock ahead', () => {
    const uses = new NonceUses(10_000);
    for (let atMs = 0; atMs <= 20_000; atMs += 2_500) {
      uses.isFirst('n', '00000001', nowMs);
      expect(uses.isFirst('n', '00000001', nowMs + atMs)).toBe(false);
    }
  });

  it('take memory for two generations only', () => {
    const uses = new NonceUses(10);
    for (let count = 0; count < 10_000; count++) uses.isFirst('n', String(count), nowMs + count);
    expect(uses.size).toBeLessThanOrEqual(40);
    const flooded = new NonceUses(60_000);
    for (let count = 0; count < 300_000; count++) flooded.isFirst('n', String(count), nowMs);
    expect(flooded.size).toBeLessThanOrEqual(240_000);
  });
});

describe('digest header', () => {
  it('reads what phones write', () => {
    expect(parseDigestHeader('DIGEST username="a\\"b" , uri=sip:x@y;transport=udp, nc=00000001')).toEqual(
      new Map([
        ['username', 'a"b'],
        ['uri', 'sip:x@y;transport=udp'],
        ['nc', '00000001'],
      ]),
    );
  });

  it('quotes what has to be quoted', () => {
    const parameters = new Map([
      ['realm', 'a "b"'],
      ['qop', 'auth'],
      ['nc', '00000001'],
    ]);
    expect(writeDigestHeader(parameters, { quoteQop: false })).toBe('Digest realm="a \\"b\\"", qop=auth, nc=00000001');
    expect(writeDigestHeader(parameters, { quoteQop: true })).toContain('qop="auth"');
  });
});
