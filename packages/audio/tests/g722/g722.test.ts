import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { G722Decoder, G722Encoder, toneLevelDbfs } from '../../src/index.ts';
import { testSound } from './test-sound.ts';

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function encode(samples: Int16Array): Uint8Array {
  const bytes = new Uint8Array(samples.length / 2);
  new G722Encoder().encode(samples, 0, samples.length, bytes, 0);
  return bytes;
}

function decode(bytes: Uint8Array): Int16Array {
  const samples = new Int16Array(2 * bytes.length);
  new G722Decoder().decode(bytes, 0, bytes.length, samples, 0);
  return samples;
}

describe('G.722', () => {
  const sound = testSound();

  // The sums are of what Debian 12's ffmpeg 5.1 makes of the same sound; the peers' tests compare byte by byte.
  it('encodes like an independent implementation, bit by bit', () => {
    expect(sha256(encode(sound))).toBe('51fa7a0386021bd1d4833a782dd97368dd2c1c569d7aeaf0567869c97a4cb619');
  });

  it('decodes like an independent implementation, bit by bit', () => {
    expect(sha256(new Uint8Array(decode(encode(sound)).buffer))).toBe(
      '3785961fe4810ebe3a879a7c52a8da5b172924c3c897db99adf844d523c9675c',
    );
  });

  it.each([300, 1000, 3400, 5000, 6800])('carries a tone of %i Hz', (frequencyHz) => {
    const tone = Int16Array.from(
      { length: 16_000 },
      (_, i) => 8000 * Math.sin((2 * Math.PI * frequencyHz * i) / 16_000),
    );
    const heard = decode(encode(tone)).subarray(1600);
    const sentDb = toneLevelDbfs(tone.subarray(1600), 16_000, frequencyHz);
    expect(Math.abs(toneLevelDbfs(heard, 16_000, frequencyHz) - sentDb)).toBeLessThan(1);
  });

  it('goes on from packet to packet as if it were one', () => {
    const encoder = new G722Encoder();
    const decoder = new G722Decoder();
    const bytes = new Uint8Array(sound.length / 2);
    const samples = new Int16Array(sound.length);
    for (let from = 0; from + 320 <= sound.length; from += 320) {
      encoder.encode(sound, from, from + 320, bytes, from / 2);
      decoder.decode(bytes, from / 2, from / 2 + 160, samples, from);
    }
    expect(bytes).toEqual(encode(sound));
    expect(samples).toEqual(decode(bytes));
  });
});
