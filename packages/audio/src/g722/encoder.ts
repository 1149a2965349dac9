import { saturate } from './adaptive-predictor.ts';
import { lowerBand, SubBand, upperBand } from './sub-band.ts';
import { ILN, ILP, LOWER_SCALE_STEP, Q6, QM2, QM4, QMF, UPPER_SCALE_STEP } from './tables.ts';

/** Decision level between small and large differences of the upper band (ITU-T G.722, table 16). */
const Q2 = 564;

/** G.722 at 64 kbit/s: two samples of 16 kHz sound a byte; see the decoder. Keeps state from packet to packet. */
export class G722Encoder {
  readonly #lower = new SubBand(lowerBand);
  readonly #upper = new SubBand(upperBand);
  /** The last samples, newest last, for the transmit filter. */
  readonly #history = new Int32Array(2 * QMF.length);

  /** Encodes the pairs of `samples[from, to)` into one byte a pair from `out[at]` on. Allocates nothing. */
  encode(samples: Int16Array, from: number, to: number, out: Uint8Array, at: number): void {
    const history = this.#history;
    const newest = history.length - 2;
    for (let i = from; i + 1 < to; i += 2) {
      history.copyWithin(0, 2);
      history[newest] = samples[i] ?? 0;
      history[newest + 1] = samples[i + 1] ?? 0;
      let odd = 0;
      let even = 0;
      // The transmit quadrature mirror filter (ITU-T G.722, 3.1).
      for (let tap = 0; tap < QMF.length; tap++) {
        odd += (history[2 * tap] ?? 0) * (QMF[tap] ?? 0);
        even += (history[2 * tap + 1] ?? 0) * (QMF[QMF.length - 1 - tap] ?? 0);
      }
      out[at + ((i - from) >> 1)] = this.#lowCode((even + odd) >> 14) | (this.#highCode((even - odd) >> 14) << 6);
    }
  }

  #lowCode(sample: number): number {
    const band = this.#lower;
    const difference = saturate(sample - band.predictor.estimate);
    const magnitude = difference >= 0 ? difference : -(difference + 1);
    let interval = 1;
    while (interval < Q6.length && magnitude >= ((Q6[interval] ?? 0) * band.scale) >> 12) interval++;
    const code = (difference < 0 ? ILN[interval] : ILP[interval]) ?? 0;
    const coarse = code >> 2;
    band.adapt(LOWER_SCALE_STEP[coarse] ?? 0, (band.scale * (QM4[coarse] ?? 0)) >> 15);
    return code;
  }

  #highCode(sample: number): number {
    const band = this.#upper;
    const difference = saturate(sample - band.predictor.estimate);
    const magnitude = difference >= 0 ? difference : -(difference + 1);
    const isLarge = magnitude >= (Q2 * band.scale) >> 12;
    const code = difference < 0 ? (isLarge ? 0 : 1) : isLarge ? 2 : 3;
    band.adapt(UPPER_SCALE_STEP[code] ?? 0, (band.scale * (QM2[code] ?? 0)) >> 15);
    return code;
  }
}
