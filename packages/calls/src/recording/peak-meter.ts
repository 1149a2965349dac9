import { recordingChannels, recordingSampleRate } from './protocol.ts';

/** Fine enough to see words, and 72 kB for an hour. */
export const peaksPerSecond = 10;
const framesOfPeak = recordingSampleRate / peaksPerSecond;

/** The waveform: for each 100 ms the loudest sample of each channel, 0 to 255 of full scale, interleaved. */
export class PeakMeter {
  readonly #loudest = new Int32Array(recordingChannels);
  #frames = 0;
  #peaks: number[] = [];

  add(samples: Int16Array, frames: number): void {
    for (let at = 0; at < frames; ) {
      const until = Math.min(frames, at + framesOfPeak - this.#frames);
      for (let channel = 0; channel < recordingChannels; channel++) {
        let loudest = this.#loudest[channel] ?? 0;
        for (let i = at * recordingChannels + channel; i < until * recordingChannels; i += recordingChannels) {
          const sample = samples[i] ?? 0;
          if (sample > loudest) loudest = sample;
          else if (-sample > loudest) loudest = -sample;
        }
        this.#loudest[channel] = loudest;
      }
      this.#frames += until - at;
      at = until;
      if (this.#frames === framesOfPeak) this.#close();
    }
  }

  /** Peaks since the last time. @param isLast also of the stretch that has begun. */
  take(isLast: boolean): Uint8Array {
    if (isLast && this.#frames > 0) this.#close();
    const taken = Uint8Array.from(this.#peaks);
    this.#peaks = [];
    return taken;
  }

  #close(): void {
    // 15 bits of amplitude in 8.
    for (const loudest of this.#loudest) this.#peaks.push(Math.min(255, loudest >> 7));
    this.#loudest.fill(0);
    this.#frames = 0;
  }
}
