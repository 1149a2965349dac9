/** 20 ms at 8 kHz. */
const FRAME_SAMPLES = 160;
/** Takes the tilt out of speech, so that likeness is in its details and not in its pitch (as in linear prediction). */
const EMPHASIS = 0.9;

/** The latest sound, brightened; the newest sample is the last. */
export class SoundHistory {
  readonly samples: Float32Array;
  #last = 0;

  /** @param length samples kept at 8 kHz. */
  constructor(length: number) {
    this.samples = new Float32Array(length);
  }

  /** Takes the next 20 ms. */
  add(frame: Int16Array): void {
    const { samples } = this;
    samples.copyWithin(0, FRAME_SAMPLES);
    const from = samples.length - FRAME_SAMPLES;
    for (let i = 0; i < FRAME_SAMPLES; i++) {
      const sample = frame[i] ?? 0;
      samples[from + i] = sample - EMPHASIS * this.#last;
      this.#last = sample;
    }
  }

  /** Fills `half` with the latest sound at half the rate: twice as fast to search. */
  halveInto(half: Float32Array): void {
    const { samples } = this;
    const from = samples.length - 2 * half.length;
    // Binomial weights: -12 dB at 2 kHz, where the half rate folds, and more above it.
    for (let i = 0; i < half.length; i++) {
      const at = from + 2 * i;
      const outer = (samples[at - 2] ?? 0) + (samples[at + 2] ?? 0);
      const inner = (samples[at - 1] ?? 0) + (samples[at + 1] ?? 0);
      half[i] = (outer + 4 * inner + 6 * (samples[at] ?? 0)) / 16;
    }
  }
}
