/** Between 8 kHz and 16 kHz, frame by frame: as many samples come out as the rates say, and nothing is allocated. */

/**
 * Taps on each side at 16 kHz: flat to 3.5 kHz, images and aliases 60 dB down from 4.5 kHz on; 2 ms of delay. G.711 has 38 dB.
 */
const HALF_TAPS = 31;
const TAPS = 2 * HALF_TAPS + 1;

/** Cut-off at half of 8 kHz; every second tap but the middle one is zero (half-band), the others stand here by distance. */
const oddTaps = Float64Array.from({ length: (HALF_TAPS + 1) / 2 }, (_, i) => {
  const distance = 2 * i + 1;
  const window =
    0.42 +
    0.5 * Math.cos((Math.PI * distance) / (HALF_TAPS + 1)) +
    0.08 * Math.cos((2 * Math.PI * distance) / (HALF_TAPS + 1));
  return (Math.sin((Math.PI * distance) / 2) / (Math.PI * distance)) * window;
});
/** All of them together pass a constant unchanged. */
const sum = 0.5 + 2 * oddTaps.reduce((total, tap) => total + tap, 0);

function clamp(value: number): number {
  return Math.max(-32768, Math.min(32767, Math.round(value)));
}

/** Twice as many samples. */
export class Doubler {
  /** Samples at the lower rate, newest last. */
  readonly #history = new Float64Array(HALF_TAPS + 1);

  /** Reads `samples[0, count)` and fills `out[0, 2 * count)`. */
  process(samples: Int16Array, count: number, out: Int16Array): void {
    const history = this.#history;
    const middle = (HALF_TAPS - 1) / 2;
    for (let i = 0; i < count; i++) {
      history.copyWithin(0, 1);
      history[HALF_TAPS] = samples[i] ?? 0;
      let between = 0;
      for (let k = 0; k < oddTaps.length; k++) {
        between += (oddTaps[k] ?? 0) * ((history[middle - k] ?? 0) + (history[middle + 1 + k] ?? 0));
      }
      out[2 * i] = clamp(history[middle] ?? 0);
      out[2 * i + 1] = clamp((2 * between) / (2 * sum - 1));
    }
  }
}

/** Half as many samples. */
export class Halver {
  /** Samples at the higher rate, newest last. */
  readonly #history = new Float64Array(TAPS);

  /** Reads `samples[0, count)`, an even count, and fills `out[0, count / 2)`. `out` may be `samples`. */
  process(samples: Int16Array, count: number, out: Int16Array): void {
    const history = this.#history;
    for (let i = 0; i + 1 < count; i += 2) {
      history.copyWithin(0, 2);
      history[TAPS - 2] = samples[i] ?? 0;
      history[TAPS - 1] = samples[i + 1] ?? 0;
      let value = 0.5 * (history[HALF_TAPS] ?? 0);
      for (let k = 0; k < oddTaps.length; k++) {
        const distance = 2 * k + 1;
        value += (oddTaps[k] ?? 0) * ((history[HALF_TAPS - distance] ?? 0) + (history[HALF_TAPS + distance] ?? 0));
      }
      out[i >> 1] = clamp(value / sum);
    }
  }
}
