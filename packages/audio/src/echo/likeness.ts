/** How alike two stretches of sound are, whatever their levels: the normalised cross-correlation. */

export interface Alike {
  /** 0 to 1; its square is the share of the power of the one that the other explains. */
  likeness: number;
  /** How much later the one is, samples. */
  lag: number;
}

/**
 * Compares the last `length` samples of `heard` with `sent`, that much and `lag` samples earlier, for all lags from `least`
 * to `most`, and puts the best into `best`. A sign turned over, as some telephones do, counts as alike.
 */
export function mostAlike(
  heard: Float32Array,
  sent: Float32Array,
  length: number,
  least: number,
  most: number,
  best: Alike,
): void {
  const heardFrom = heard.length - length;
  const heardPower = powerOf(heard, heardFrom, length);
  let bestSquare = 0;
  best.lag = least;
  let from = sent.length - length - least;
  let sentPower = powerOf(sent, from, length);
  for (let lag = least; lag <= most && from >= 0; lag++) {
    let product = 0;
    for (let i = 0; i < length; i++) product += (heard[heardFrom + i] ?? 0) * (sent[from + i] ?? 0);
    const square = (product * product) / (heardPower * sentPower + 1);
    if (square > bestSquare) {
      bestSquare = square;
      best.lag = lag;
    }
    from -= 1;
    // The window moves on by one sample.
    const entering = sent[from] ?? 0;
    const leaving = sent[from + length] ?? 0;
    sentPower = Math.max(0, sentPower + entering * entering - leaving * leaving);
  }
  best.likeness = Math.min(1, Math.sqrt(bestSquare));
}

function powerOf(samples: Float32Array, from: number, length: number): number {
  let sum = 0;
  for (let i = from; i < from + length; i++) {
    const sample = samples[i] ?? 0;
    sum += sample * sample;
  }
  return sum;
}
