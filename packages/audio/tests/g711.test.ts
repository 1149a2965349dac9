import { describe, expect, it } from 'vitest';
import { decodeG711, encodeG711, type G711Law, rmsDbfs, sine } from '../src/index.ts';
import { sineSnrDb } from './sine-fit.ts';

const allCodes = Uint8Array.from({ length: 256 }, (_, code) => code);

function decode(law: G711Law, payload: Uint8Array): Int16Array {
  const out = new Int16Array(payload.length);
  decodeG711(law, payload, 0, payload.length, out, 0);
  return out;
}

function encode(law: G711Law, samples: Int16Array): Uint8Array {
  const out = new Uint8Array(samples.length);
  encodeG711(law, samples, 0, samples.length, out, 0);
  return out;
}

describe('G.711', () => {
  it('gives every A-law code back', () => {
    expect(encode('a', decode('a', allCodes))).toEqual(allCodes);
  });

  it('gives every mu-law code back, the second zero as the first', () => {
    const expected = allCodes.slice();
    expected[0x7f] = 0xff;
    expect(encode('mu', decode('mu', allCodes))).toEqual(expected);
  });

  // ITU-T G.711 tables 1 and 2: decoder output values, in 16-bit units (times 8 for A-law, times 4 for mu-law).
  it.each([
    ['a', 0xd5, 1 * 8],
    ['a', 0x55, -1 * 8],
    ['a', 0xc5, 33 * 8],
    ['a', 0xf5, 66 * 8],
    ['a', 0xaa, 4032 * 8],
    ['a', 0x2a, -4032 * 8],
    ['mu', 0xff, 0],
    ['mu', 0xfe, 2 * 4],
    ['mu', 0xef, 33 * 4],
    ['mu', 0xdf, 99 * 4],
    ['mu', 0x8f, 4191 * 4],
    ['mu', 0x80, 8031 * 4],
    ['mu', 0x00, -8031 * 4],
  ] as const)('decodes %s-law code %i as G.711 lists it', (law, code, sample) => {
    expect(decode(law, Uint8Array.of(code))).toEqual(Int16Array.of(sample));
  });

  it.each(['mu', 'a'] as const)('encodes every sample of %s-law to the nearest value it has', (law) => {
    const values = decode(law, allCodes);
    const samples = Int16Array.from({ length: 0x10000 }, (_, i) => i - 0x8000);
    const heard = decode(law, encode(law, samples));
    const worst = samples.reduce((most, sample, i) => {
      const nearest = values.reduce((least, value) => Math.min(least, Math.abs(value - sample)), Infinity);
      return Math.max(most, Math.abs((heard[i] ?? 0) - sample) - nearest);
    }, 0);
    // At the border of two segments G.711 puts the decision at the segment's end, not half-way between the values.
    expect(worst).toBeLessThanOrEqual(law === 'mu' ? 256 : 512);
    expect(heard.every((value, i) => i === 0 || value >= (heard[i - 1] ?? 0))).toBe(true);
  });

  // ITU-T G.711 tables 5 and 6: the sequence for 1 kHz at 0 dBm0, 3.14 (A) and 3.17 dB (mu) under the loudest sine.
  it.each([
    ['a', [0x34, 0x21, 0x21, 0x34, 0xb4, 0xa1, 0xa1, 0xb4], 3.14, 4096 * 8],
    ['mu', [0x1e, 0x0b, 0x0b, 0x1e, 0x9e, 0x8b, 0x8b, 0x9e], 3.17, 8159 * 4],
  ] as const)('has the digital milliwatt of %s-law at its level', (law, codes, belowDb, overload) => {
    const level = rmsDbfs(decode(law, Uint8Array.from(codes)));
    expect(level).toBeCloseTo(20 * Math.log10(overload / 0x8000 / Math.SQRT2) - belowDb, 1);
  });

  it.each(['mu', 'a'] as const)('keeps a sine of %s-law 33 dB or more above its noise over 30 dB of level', (law) => {
    // ITU-T G.712 asks 33 dB from 0 to -30 dBm0; 0 dBm0 is about -6.2 dBFS.
    for (const levelDbfs of [-6.2, -16.2, -26.2, -36.2]) {
      const tone = sine({ frequencyHz: 1020, sampleRate: 8000, durationMs: 500, levelDbfs });
      expect(sineSnrDb(decode(law, encode(law, tone)), 8000, 1020)).toBeGreaterThan(33);
    }
  });

  it('works on a part of both buffers and leaves the rest alone', () => {
    const payload = new Uint8Array(10).fill(0x11);
    encodeG711('a', Int16Array.of(1, 2, 1000, 2000, 5), 2, 4, payload, 7);
    expect(payload.subarray(0, 7)).toEqual(new Uint8Array(7).fill(0x11));
    expect(payload[9]).toBe(0x11);
    const samples = new Int16Array(4).fill(-7);
    decodeG711('a', payload, 7, 9, samples, 1);
    expect(samples[0]).toBe(-7);
    expect(samples[1]).toBeCloseTo(1000, -2);
    expect(samples[2]).toBeCloseTo(2000, -2);
    expect(samples[3]).toBe(-7);
  });
});
