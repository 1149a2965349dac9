import { decodeG711, encodeG711 } from '@dialplane/audio';

/** ITU-T G.712: what a telephone channel lets through. */
const LOW_HZ = 300;
const HIGH_HZ = 3400;
const RATE = 8000;
/** About 55 dB of rejection within 200 Hz at 8 kHz. */
const TAPS = 201;

const taps = Float64Array.from({ length: TAPS }, (_, index) => {
  const offset = index - (TAPS - 1) / 2;
  const band = sinc(offset, HIGH_HZ) - sinc(offset, LOW_HZ);
  return band * (0.54 - 0.46 * Math.cos((2 * Math.PI * index) / (TAPS - 1)));
});

function sinc(offset: number, cutHz: number): number {
  const edge = (2 * cutHz) / RATE;
  return offset === 0 ? edge : Math.sin(Math.PI * edge * offset) / (Math.PI * offset);
}

/** Sound as it arrives over a telephone line: 300 to 3400 Hz, mu-law and back, 8 kHz. Delay is taken out. */
export function overTelephoneLine(samples: Int16Array): Int16Array {
  const half = (TAPS - 1) / 2;
  const filtered = samples.map((_, at) => {
    let sum = 0;
    for (let index = 0; index < TAPS; index++) sum += (taps[index] ?? 0) * (samples[at + half - index] ?? 0);
    return Math.max(-32768, Math.min(32767, Math.round(sum)));
  });
  const line = new Uint8Array(filtered.length);
  encodeG711('mu', filtered, 0, filtered.length, line, 0);
  decodeG711('mu', line, 0, line.length, filtered, 0);
  return filtered;
}
