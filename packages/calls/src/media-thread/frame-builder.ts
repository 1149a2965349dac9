/** Samples of one 20 ms frame at 8 kHz. */
export const frameSamples = 160;

/** Cuts decoded sound of any packet time into 20 ms frames. The frame handed out is reused. */
export class FrameBuilder {
  readonly frame = new Int16Array(frameSamples);
  #filled = 0;
  readonly #onFrame: (frame: Int16Array) => void;

  constructor(onFrame: (frame: Int16Array) => void) {
    this.#onFrame = onFrame;
  }

  add(samples: Int16Array, count: number): void {
    for (let at = 0; at < count; ) {
      const part = Math.min(count - at, frameSamples - this.#filled);
      for (let i = 0; i < part; i++) this.frame[this.#filled + i] = samples[at + i] ?? 0;
      this.#filled += part;
      at += part;
      if (this.#filled === frameSamples) {
        this.#filled = 0;
        this.#onFrame(this.frame);
      }
    }
  }

  /** Fills up with silence and hands out one frame: the place of a packet that did not arrive. */
  addSilence(): void {
    this.frame.fill(0, this.#filled);
    this.#filled = 0;
    this.#onFrame(this.frame);
  }
}
