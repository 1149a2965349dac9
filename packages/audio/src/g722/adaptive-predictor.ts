/** Keeps a value in the 16-bit arithmetic that G.722 is defined in. */
export function saturate(value: number): number {
  return Math.max(-32768, Math.min(32767, value));
}

/** ITU-T G.722 block 4: how far back the zero section looks. */
const ZEROS = 6;

/**
 * The backward-adaptive predictor of one sub-band (ITU-T G.722, 3.6: blocks PARREC, RECONS, UPPOL1, UPPOL2, UPZERO, FILTEP,
 * FILTEZ and PREDIC): two poles and six zeros, adapted from signs alone, so that both ends move alike without a word exchanged.
 * All values are integers in the fixed-point formats of the recommendation.
 */
export class AdaptivePredictor {
  /** Predicted signal of the next sample (`SL` or `SH`). */
  estimate = 0;
  #zeroEstimate = 0;
  /** Partially reconstructed signal: now, and the two before. */
  #partial = 0;
  #partial1 = 0;
  #partial2 = 0;
  #reconstructed1 = 0;
  #reconstructed2 = 0;
  #pole1 = 0;
  #pole2 = 0;
  readonly #zero = new Int32Array(ZEROS);
  /** Quantised differences: the last six, newest first. */
  readonly #differences = new Int32Array(ZEROS);

  /** Learns from a quantised difference and predicts the next sample. */
  adapt(difference: number): void {
    const reconstructed = saturate(this.estimate + difference);
    this.#partial = saturate(this.#zeroEstimate + difference);
    const pole2 = this.#nextPole2();
    const pole1 = this.#nextPole1(pole2);
    this.#moveZeros(difference);
    this.#partial2 = this.#partial1;
    this.#partial1 = this.#partial;
    this.#pole1 = pole1;
    this.#pole2 = pole2;

    // FILTEP: the samples are doubled first, as the recommendation has it.
    const before = this.#reconstructed1;
    this.#reconstructed1 = reconstructed;
    this.#reconstructed2 = before;
    const first = (pole1 * saturate(2 * reconstructed)) >> 15;
    const second = (pole2 * saturate(2 * this.#reconstructed2)) >> 15;
    const poleEstimate = saturate(first + second);
    this.estimate = saturate(poleEstimate + this.#zeroEstimate);
  }

  /** UPPOL2. */
  #nextPole2(): number {
    const doubled = saturate(this.#pole1 * 4);
    let step = sameSign(this.#partial, this.#partial1) ? -doubled : doubled;
    if (step > 32767) step = 32767;
    const target = (sameSign(this.#partial, this.#partial2) ? 128 : -128) + (step >> 7) + ((this.#pole2 * 32512) >> 15);
    return Math.max(-12288, Math.min(12288, target));
  }

  /** UPPOL1: the limit keeps the filter stable. */
  #nextPole1(pole2: number): number {
    const step = sameSign(this.#partial, this.#partial1) ? 192 : -192;
    const target = saturate(step + ((this.#pole1 * 32640) >> 15));
    const limit = saturate(15360 - pole2);
    return Math.max(-limit, Math.min(limit, target));
  }

  /** UPZERO and FILTEZ. */
  #moveZeros(difference: number): void {
    const zero = this.#zero;
    const past = this.#differences;
    const step = difference === 0 ? 0 : 128;
    for (let i = 0; i < ZEROS; i++) {
      const towards = sameSign(difference, past[i] ?? 0) ? step : -step;
      zero[i] = saturate(towards + (((zero[i] ?? 0) * 32640) >> 15));
    }
    past.copyWithin(1, 0, ZEROS - 1);
    past[0] = difference;
    let sum = 0;
    for (let i = 0; i < ZEROS; i++) sum += ((zero[i] ?? 0) * saturate(2 * (past[i] ?? 0))) >> 15;
    this.#zeroEstimate = saturate(sum);
  }
}

/** The signs as the 16-bit sign bit has them: zero is positive. */
function sameSign(one: number, other: number): boolean {
  return one < 0 === other < 0;
}
