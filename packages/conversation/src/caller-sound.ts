/** 8 kHz. */
const SAMPLES_PER_MS = 8;
const FRAME_SAMPLES = 160;
/** About a second: the preroll plus the time a detector needs to be sure. Powers of two make cheap rings. */
const RING_SAMPLES = 8192;
/** Twenty seconds of frame times: far longer than any silence rule looks back. */
const RING_FRAMES = 1024;

/** The last second of the caller's sound, and when each of its samples was heard. */
export class CallerSound {
  readonly #ring = new Int16Array(RING_SAMPLES);
  readonly #times = new Float64Array(RING_FRAMES);
  #samples = 0;

  /** Samples heard since the first frame. */
  get samples(): number {
    return this.#samples;
  }

  add(frame: Int16Array, nowMs: number): void {
    this.#times[Math.floor(this.#samples / FRAME_SAMPLES) % RING_FRAMES] = nowMs;
    for (let i = 0; i < frame.length; i++) this.#ring[(this.#samples + i) % RING_SAMPLES] = frame[i] ?? 0;
    this.#samples += frame.length;
  }

  /** A new buffer with the samples from `from` (or the oldest that is kept) to now. */
  copyFrom(from: number): Int16Array {
    const first = Math.max(from, this.#samples - RING_SAMPLES, 0);
    const copy = new Int16Array(this.#samples - first);
    for (let i = 0; i < copy.length; i++) copy[i] = this.#ring[(first + i) % RING_SAMPLES] ?? 0;
    return copy;
  }

  /** The position so long before another. */
  earlier(position: number, ms: number): number {
    return Math.max(0, position - ms * SAMPLES_PER_MS);
  }

  /** The moment the frame with the sample before this position was heard. */
  heardAtMs(position: number): number {
    const newest = Math.floor((this.#samples - 1) / FRAME_SAMPLES);
    const oldest = Math.max(0, newest - RING_FRAMES + 1);
    const frame = Math.min(newest, Math.max(oldest, Math.floor((position - 1) / FRAME_SAMPLES)));
    return this.#times[frame % RING_FRAMES] ?? 0;
  }

  /** Length of a stretch of samples. */
  durationMs(from: number, to: number): number {
    return Math.max(0, to - from) / SAMPLES_PER_MS;
  }
}
