/** Repeatable uniform numbers from -1 to 1 (mulberry32): a preset sounds the same on every node and after every restart. */
export function noiseSource(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x8000_0000 - 1;
  };
}

/** A resonance: what is left of a noise around one frequency (two-pole filter). */
export class Resonance {
  readonly #feedback: number;
  readonly #feedbackBefore: number;
  readonly #gain: number;
  #previous = 0;
  #beforePrevious = 0;

  constructor(frequencyHz: number, bandwidthHz: number, rateHz: number) {
    const radius = Math.exp((-Math.PI * bandwidthHz) / rateHz);
    this.#feedback = 2 * radius * Math.cos((2 * Math.PI * frequencyHz) / rateHz);
    this.#feedbackBefore = -radius * radius;
    this.#gain = 1 - radius;
  }

  next(input: number): number {
    const output = this.#gain * input + this.#feedback * this.#previous + this.#feedbackBefore * this.#beforePrevious;
    this.#beforePrevious = this.#previous;
    this.#previous = output;
    return output;
  }
}

/** What is left of a noise below a frequency (one-pole filter). */
export class LowPass {
  readonly #share: number;
  #value = 0;

  constructor(cutoffHz: number, rateHz: number) {
    this.#share = 1 - Math.exp((-2 * Math.PI * cutoffHz) / rateHz);
  }

  next(input: number): number {
    this.#value += this.#share * (input - this.#value);
    return this.#value;
  }
}
