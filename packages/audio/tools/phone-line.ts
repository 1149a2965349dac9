/** What a telephone line makes of studio sound: 300 to 3400 Hz, 8 kHz, mu-law. */
import { encodeG711 } from '../src/g711.ts';
import { normaliseLevel } from '../src/level.ts';
import { loadResampler } from '../src/resampler.ts';

const LOW_HZ = 300;
const HIGH_HZ = 3400;
/** Odd, so that the filter delays by whole samples; at 16 kHz its edges are about 100 Hz wide. */
const TAPS = 511;

/** A windowed-sinc band pass, its delay taken out. */
function bandPass(samples: Int16Array, sampleRate: number): Int16Array {
  const centre = (TAPS - 1) / 2;
  const lowPass = (cutoff: number, n: number) =>
    n === 0 ? (2 * cutoff) / sampleRate : Math.sin((2 * Math.PI * cutoff * n) / sampleRate) / (Math.PI * n);
  const taps = Float64Array.from({ length: TAPS }, (_, i) => {
    const blackman =
      0.42 - 0.5 * Math.cos((2 * Math.PI * i) / (TAPS - 1)) + 0.08 * Math.cos((4 * Math.PI * i) / (TAPS - 1));
    return blackman * (lowPass(HIGH_HZ, i - centre) - lowPass(LOW_HZ, i - centre));
  });
  return samples.map((_, at) => {
    let sum = 0;
    for (let i = 0; i < TAPS; i++) sum += (taps[i] ?? 0) * (samples[at + centre - i] ?? 0);
    return Math.round(sum);
  });
}

/** Mu-law bytes at 8 kHz, speech at `levelDbfs`. */
export async function throughPhoneLine(
  samples: Int16Array,
  sampleRate: number,
  levelDbfs: number,
): Promise<Uint8Array> {
  const resampler = (await loadResampler()).create(sampleRate, 8000);
  const band = bandPass(samples, sampleRate);
  const narrow = Int16Array.from([...resampler.process(band), ...resampler.flush()]);
  resampler.close();
  const level = normaliseLevel(narrow, { sampleRate: 8000, targetDbfs: levelDbfs, peakDbfs: -1 });
  const payload = new Uint8Array(level.length);
  encodeG711('mu', level, 0, level.length, payload, 0);
  return payload;
}
