import { AdaptivePredictor } from './adaptive-predictor.ts';
import { ILB } from './tables.ts';

/** What tells the lower band of G.722 from the upper one. */
export interface SubBandShape {
  /** Scale factor at rest (`DET`). */
  readonly restingScale: number;
  /** Largest logarithmic scale factor (`NB`): 18432 below, 22528 above. */
  readonly largestLogScale: number;
  /** How far {@link ILB} is shifted at logarithm 0: 8 below, 10 above. */
  readonly shift: number;
}

/** One sub-band's adaptive quantiser step and predictor, the same in encoder and decoder (ITU-T G.722, 3.4 to 3.6). */
export class SubBand {
  readonly predictor = new AdaptivePredictor();
  /** Quantiser step (`DET`). */
  scale: number;
  readonly #shape: SubBandShape;
  #logScale = 0;

  constructor(shape: SubBandShape) {
    this.#shape = shape;
    this.scale = shape.restingScale;
  }

  /**
   * Moves the quantiser step (blocks LOGSCL, SCALEL, LOGSCH, SCALEH) and the predictor after a code word.
   * @param step of the logarithmic scale factor for that code word.
   * @param difference the quantised difference it stands for.
   */
  adapt(step: number, difference: number): void {
    const { largestLogScale, shift } = this.#shape;
    this.#logScale = Math.max(0, Math.min(largestLogScale, ((this.#logScale * 127) >> 7) + step));
    const octaves = shift - (this.#logScale >> 11);
    const mantissa = ILB[(this.#logScale >> 6) & 31] ?? 0;
    this.scale = (octaves < 0 ? mantissa << -octaves : mantissa >> octaves) << 2;
    this.predictor.adapt(difference);
  }
}

export const lowerBand: SubBandShape = { restingScale: 32, largestLogScale: 18432, shift: 8 };
export const upperBand: SubBandShape = { restingScale: 8, largestLogScale: 22528, shift: 10 };
