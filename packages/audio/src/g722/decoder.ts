import { saturate } from './adaptive-predictor.ts';
import { lowerBand, SubBand, upperBand } from './sub-band.ts';
import { LOWER_SCALE_STEP, QM2, QM4, QM6, QMF, UPPER_SCALE_STEP } from './tables.ts';

/** The sub-band signals have 15 bits (ITU-T G.722, 3.2). */
const LARGEST_SUB_BAND = 16383;

/**
 * G.722 at 64 kbit/s: 16 kHz sound in two sub-bands, one byte for two samples (ITU-T G.722, mode 1; RFC 3551 4.5.2, where
 * the RTP clock counts 8000 a second for historical reasons). Keeps state from packet to packet.
 */
export class G722Decoder {
  readonly #lower = new SubBand(lowerBand);
  readonly #upper = new SubBand(upperBand);
  /** Sums and differences of the sub-bands, newest last, for the receive filter. */
  readonly #history = new Int32Array(2 * QMF.length);

  /** Decodes `payload[from, to)` into two samples a byte from `out[at]` on. Allocates nothing; what does not fit is dropped. */
  decode(payload: Uint8Array, from: number, to: number, out: Int16Array, at: number): void {
    for (let i = from; i < to; i++) {
      const code = payload[i] ?? 0;
      const low = this.#lowSample(code & 0x3f);
      const high = this.#highSample(code >> 6);
      this.#merge(low, high, out, at + 2 * (i - from));
    }
  }

  #lowSample(code: number): number {
    const band = this.#lower;
    // All six bits make the sound; only the upper four are sure to arrive in every mode, so only they adapt.
    const fine = (band.scale * (QM6[code] ?? 0)) >> 15;
    const sample = limit(band.predictor.estimate + fine);
    const coarse = code >> 2;
    band.adapt(LOWER_SCALE_STEP[coarse] ?? 0, (band.scale * (QM4[coarse] ?? 0)) >> 15);
    return sample;
  }

  #highSample(code: number): number {
    const band = this.#upper;
    const difference = (band.scale * (QM2[code] ?? 0)) >> 15;
    const sample = limit(band.predictor.estimate + difference);
    band.adapt(UPPER_SCALE_STEP[code] ?? 0, difference);
    return sample;
  }

  /** The receive quadrature mirror filter (ITU-T G.722, 4.4). */
  #merge(low: number, high: number, out: Int16Array, at: number): void {
    const history = this.#history;
    const newest = history.length - 2;
    history.copyWithin(0, 2);
    history[newest] = low + high;
    history[newest + 1] = low - high;
    let first = 0;
    let second = 0;
    for (let i = 0; i < QMF.length; i++) {
      second += (history[2 * i] ?? 0) * (QMF[i] ?? 0);
      first += (history[2 * i + 1] ?? 0) * (QMF[QMF.length - 1 - i] ?? 0);
    }
    out[at] = saturate(first >> 11);
    out[at + 1] = saturate(second >> 11);
  }
}

function limit(sample: number): number {
  return Math.max(-LARGEST_SUB_BAND - 1, Math.min(LARGEST_SUB_BAND, sample));
}
