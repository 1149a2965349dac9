/** G.711, the 8-bit companding of telephony (ITU-T G.711, RTP payload types 0 and 8 of RFC 3551). */

/** mu-law (PCMU) or A-law (PCMA). */
export type G711Law = 'mu' | 'a';

/** G.711 mu-law counts its segments from 33 units of 14 bits; in 16-bit samples that is 132. */
const MU_BIAS = 33 << 2;
/** The largest magnitude that still fits the eighth mu-law segment once the bias is added. */
const MU_CLIP = 0x7fff - MU_BIAS;
/** G.711 3.2: A-law sends every even bit inverted, so that silence does not look like a long run of zeros on the line. */
const A_EVEN_BITS = 0x55;

const SIGN = 0x80;

function muCodeOf(sample: number): number {
  const magnitude = Math.min(Math.abs(sample), MU_CLIP) + MU_BIAS;
  // The bias makes bit 7 the lowest possible leading one: it starts segment 0.
  const segment = 31 - Math.clz32(magnitude) - 7;
  const step = (magnitude >> (segment + 3)) & 0x0f;
  // Mu-law sends all bits inverted; the sign bit is one for positive values after the inversion.
  return ~((sample < 0 ? SIGN : 0) | (segment << 4) | step) & 0xff;
}

function muSampleOf(code: number): number {
  const bits = ~code & 0xff;
  const segment = (bits >> 4) & 0x07;
  // Half a step (4 of 8) is in the bias already: the value is the middle of the step.
  const magnitude = ((((bits & 0x0f) << 3) + MU_BIAS) << segment) - MU_BIAS;
  return (bits & SIGN) !== 0 ? -magnitude : magnitude;
}

function aCodeOf(sample: number): number {
  // One's complement, so that 0 and -1 are the two smallest steps on either side of the middle.
  const magnitude = (sample < 0 ? ~sample : sample) >> 4;
  const segment = Math.max(0, 31 - Math.clz32(magnitude) - 4 + 1);
  const step = (segment < 2 ? magnitude : magnitude >> (segment - 1)) & 0x0f;
  return ((sample < 0 ? 0 : SIGN) | (segment << 4) | step) ^ A_EVEN_BITS;
}

function aSampleOf(code: number): number {
  const bits = code ^ A_EVEN_BITS;
  const segment = (bits >> 4) & 0x07;
  const step = ((bits & 0x0f) << 4) + 8;
  const magnitude = segment === 0 ? step : (step + 0x100) << (segment - 1);
  return (bits & SIGN) !== 0 ? magnitude : -magnitude;
}

interface Tables {
  /** Code -> sample. */
  readonly decode: Int16Array;
  /** Sample as an unsigned 16-bit index -> code. */
  readonly encode: Uint8Array;
}

function tables(sampleOf: (code: number) => number, codeOf: (sample: number) => number): Tables {
  return {
    decode: Int16Array.from({ length: 0x100 }, (_, code) => sampleOf(code)),
    encode: Uint8Array.from({ length: 0x10000 }, (_, index) => codeOf((index << 16) >> 16)),
  };
}

const mu = tables(muSampleOf, muCodeOf);
const a = tables(aSampleOf, aCodeOf);

/** Decodes `payload[from, to)` into 16-bit samples from `out[at]` on. Allocates nothing; what does not fit is dropped. */
export function decodeG711(
  law: G711Law,
  payload: Uint8Array,
  from: number,
  to: number,
  out: Int16Array,
  at: number,
): void {
  const { decode } = law === 'mu' ? mu : a;
  // Both indexes are in range for every input; `?? 0` only tells the compiler.
  for (let i = from; i < to; i++) out[at + i - from] = decode[payload[i] ?? 0] ?? 0;
}

/** Encodes `samples[from, to)` into one byte a sample from `out[at]` on. Allocates nothing; what does not fit is dropped. */
export function encodeG711(
  law: G711Law,
  samples: Int16Array,
  from: number,
  to: number,
  out: Uint8Array,
  at: number,
): void {
  const { encode } = law === 'mu' ? mu : a;
  for (let i = from; i < to; i++) out[at + i - from] = encode[(samples[i] ?? 0) & 0xffff] ?? 0;
}
