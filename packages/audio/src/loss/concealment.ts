import { Bridge, LONGEST_BRIDGE_MS } from './bridge.ts';
import { Extrapolation, HISTORY_MS } from './extrapolation.ts';
import { samplesOf } from './sample.ts';

/**
 * Fills the place of lost packets, on decoded samples and so for every codec. One direction of one call; allocates only when
 * it is made.
 */
export class LossConcealment {
  readonly #rateHz: number;
  /** What was played last, oldest first. */
  readonly #history: Float32Array;
  readonly #extrapolation: Extrapolation;
  readonly #bridge: Bridge;
  #isExtrapolating = false;

  /** @param rateHz of the decoded samples: 8000, 16000 or 48000. */
  constructor(rateHz: number) {
    this.#rateHz = rateHz;
    this.#history = new Float32Array(samplesOf(HISTORY_MS, rateHz));
    this.#extrapolation = new Extrapolation(rateHz);
    this.#bridge = new Bridge(rateHz);
  }

  /** `samples[from, to)` is played. After `extrapolate` its first milliseconds are blended, in place, with what was made up. */
  heard(samples: Int16Array, from: number, to: number): void {
    if (this.#isExtrapolating) this.#extrapolation.blendInto(samples, from, to);
    this.#isExtrapolating = false;
    this.#remember(samples, from, to);
  }

  /** Fills `out[from, to)` while it is not known what follows. Silence after 60 ms in a row. */
  extrapolate(out: Int16Array, from: number, to: number): void {
    if (!this.#isExtrapolating) this.#extrapolation.begin(this.#history);
    this.#isExtrapolating = true;
    for (let i = from; i < to; i++) out[i] = Math.round(this.#extrapolation.next());
    this.#remember(out, from, to);
  }

  /**
   * Fills `out[from, to)`, a whole gap of at most 60 ms right behind sound that was heard, when `after[afterFrom, afterTo)` is
   * known to follow; that has to be given to `heard` next. False when it cannot, and nothing was done.
   */
  bridge(out: Int16Array, from: number, to: number, after: Int16Array, afterFrom: number, afterTo: number): boolean {
    if (this.#isExtrapolating || to - from > samplesOf(LONGEST_BRIDGE_MS, this.#rateHz)) return false;
    this.#bridge.fill(out, from, to, this.#history, after, afterFrom, afterTo);
    this.#remember(out, from, to);
    return true;
  }

  #remember(samples: Int16Array, from: number, to: number): void {
    const history = this.#history;
    const count = Math.min(to - from, history.length);
    history.copyWithin(0, count);
    const at = history.length - count;
    for (let i = 0; i < count; i++) history[at + i] = samples[to - count + i] ?? 0;
  }
}
