import { describe, expect, it } from 'vitest';
import { SrtpReceiver, SrtpSender } from '../../src/index.ts';
import { deriveKeys } from '../../src/srtp/key-derivation.ts';
import { packetCipher } from '../../src/srtp/packet-cipher.ts';
import { srtpProfiles } from '../../src/srtp/profile.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');

describe('RFC 3711 appendix B.3: key derivation', () => {
  const master = { key: hex('E1F97A0D3E018BE0D64FA32C06DE4139'), salt: hex('0EC675AD498AFEEBB6960B3AABE6') };
  const keys = deriveKeys(srtpProfiles.AES_CM_128_HMAC_SHA1_80, master, 'rtp');

  it('gives the keys of the appendix', () => {
    expect(keys.encryptionKey).toEqual(hex('C61E7A93744F39EE10734AFE3FF7A087'));
    expect(keys.salt).toEqual(hex('30CBBC08863D8C85D49DB34A9AE1'));
    expect(keys.authenticationKey).toEqual(hex('CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4'));
  });
});

describe('RFC 3711 appendix B.2: keystream of AES in counter mode', () => {
  it('is what zeros are encrypted to', () => {
    const keys = {
      encryptionKey: hex('2B7E151628AED2A6ABF7158809CF4F3C'),
      salt: hex('F0F1F2F3F4F5F6F7F8F9FAFBFCFD'),
      authenticationKey: Buffer.alloc(20),
    };
    const cipher = packetCipher(srtpProfiles.AES_CM_128_HMAC_SHA1_80, keys, 'rtp');
    const sealed = cipher.seal(Buffer.alloc(48), { ssrc: 0, index: 0, clearBytes: 0, trailer: 0 });
    expect(sealed.subarray(0, 48)).toEqual(
      hex(`E03EAD0935C95E80E166B16DD92B4EB4 D23513162B02D0F72A43A2FE4A5F97AB 41E95B3BB0A2E8DD477901E4FCA894C0`),
    );
  });
});

describe('a whole packet with the master key of RFC 3711 appendix B.3', () => {
  const keyAndSalt = hex('E1F97A0D3E018BE0D64FA32C06DE4139 0EC675AD498AFEEBB6960B3AABE6');
  const plain = hex('800F1234DECAFBADCAFEBABE ABABABABABABABABABABABABABABABAB');
  // As the reference implementation of the RFC's author has it in its own tests.
  const sealed = hex('800F1234DECAFBADCAFEBABE 4E55DC4CE79978D88CA4D215949D2402 B78D6ACC99EA179B8DBB');

  it('is what the reference implementation makes of it', () => {
    const key = { suite: 'AES_CM_128_HMAC_SHA1_80', keyAndSalt } as const;
    expect(new SrtpSender(key).protect(plain)).toEqual(sealed);
    expect(new SrtpReceiver(key).open(Buffer.from(sealed))).toEqual(plain);
  });
});

describe('RFC 7714: Galois counter mode', () => {
  const salt = hex('517569642070726f2071756f');
  const plain = hex(`8040f17b 8041f8d3 5501a0b2 47616c6c 69612065 7374206f 6d6e6973 20646976
    69736120 696e2070 61727465 73207472 6573`);
  const report = hex(`81c8000d 4d617273 4e545031 4e545032 52545020 0000042a 0000e930 4c756e61
    deadbeef deadbeef deadbeef deadbeef deadbeef`);
  const keys = (bytes: number) => ({
    encryptionKey: Buffer.from(Array.from({ length: bytes }, (_, i) => i)),
    salt,
    authenticationKey: Buffer.alloc(0),
  });
  const rtp = { ssrc: 0x5501a0b2, index: 0xf17b, clearBytes: 12, trailer: 0 };

  it('section 16.1.1: AEAD_AES_128_GCM encrypts RTP', () => {
    const sealed = packetCipher(srtpProfiles.AEAD_AES_128_GCM, keys(16), 'rtp').seal(plain, rtp);
    expect(sealed).toEqual(
      hex(`8040f17b 8041f8d3 5501a0b2 f24de3a3 fb34de6c acba861c 9d7e4bca be633bd5 0d294e6f 42a5f47a 51c7d19b
        36de3adf 8833 899d7f27 beb16a91 52cf765e e4390cce`),
    );
  });

  it('section 16.2.1: AEAD_AES_256_GCM encrypts RTP', () => {
    const sealed = packetCipher(srtpProfiles.AEAD_AES_256_GCM, keys(32), 'rtp').seal(plain, rtp);
    expect(sealed).toEqual(
      hex(`8040f17b 8041f8d3 5501a0b2 32b1de78 a822fe12 ef9f78fa 332e33aa b1801238 9a58e2f3 b50b2a02 76ffae0f
        1ba63799 b87b7aa3 db36dfff d6b0f9bb 7878d7a7 6c13`),
    );
  });

  it('section 17.2: AEAD_AES_256_GCM encrypts RTCP', () => {
    const place = { ssrc: 0x4d617273, index: 0x5d4, clearBytes: 8, trailer: 0x800005d4 };
    const sealed = packetCipher(srtpProfiles.AEAD_AES_256_GCM, keys(32), 'rtcp').seal(report, place);
    expect(sealed).toEqual(
      hex(`81c8000d4d617273d50ae4d1f5ce5d304ba297e47d470c28 2c3ece5dbffe0a50a2eaa5c1110555be8415f658c61de047
        6f1b6fad1d1eb30c4446839f57ff6f6cb26ac3be800005d4`),
    );
  });
});
