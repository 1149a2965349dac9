/** Noise suppression of telephone sound as it streams: up to the network's 48 kHz, through it, and down again. */

import { AudioError } from '../audio-error.ts';
import type { Resampler, ResamplerFactory } from '../resampler.ts';
import { loadResampler } from '../resampler.ts';
import { loadRnnoise, RNNOISE_DELAY_SAMPLES, RNNOISE_FRAME_SAMPLES, type Rnnoise } from './rnnoise.ts';

const NETWORK_RATE = 48_000;
const FRAME_MS = 20;
const NETWORK_SAMPLES = (NETWORK_RATE * FRAME_MS) / 1000;

/** One call's sound with less noise. It removes steady and short noises, not other people who talk. */
export interface NoiseSuppressor {
  /** What comes out is this much older than what goes in: 18 ms at 8 kHz, 14 ms at 16 kHz. */
  readonly delayMs: number;
  /** Samples in 20 ms. */
  readonly frameSamples: number;
  /**
   * Takes the next 20 ms and fills `out` with 20 ms; the two may be the same. Allocates nothing.
   * Throws AudioError `frame_length` or `audio_closed`.
   */
  process(frame: Int16Array, out: Int16Array): void;
  /** Gives the call's memory back (some 60 kB); further use throws `audio_closed`. */
  close(): void;
}

export interface NoiseSuppression {
  create(sampleRate: 8000 | 16000): NoiseSuppressor;
}

/** Loads network and resampler; call it once a thread. */
export async function loadNoiseSuppression(): Promise<NoiseSuppression> {
  const [rnnoise, resamplers] = await Promise.all([loadRnnoise(), loadResampler()]);
  // Frames are done one after the other, so all calls of the thread can share this one.
  const wide = new Int16Array(NETWORK_SAMPLES + 1);
  return { create: (sampleRate) => new StreamSuppressor(sampleRate, rnnoise.create(), resamplers, wide) };
}

class StreamSuppressor implements NoiseSuppressor {
  readonly delayMs: number;
  readonly frameSamples: number;
  readonly #rnnoise: Rnnoise;
  readonly #up: Resampler;
  readonly #down: Resampler;
  readonly #wide: Int16Array;
  readonly #wideFrame: Int16Array;
  readonly #narrow: Int16Array;

  constructor(sampleRate: number, rnnoise: Rnnoise, resamplers: ResamplerFactory, wide: Int16Array) {
    this.#rnnoise = rnnoise;
    this.#up = resamplers.create(sampleRate, NETWORK_RATE, { keepsDelay: true });
    this.#down = resamplers.create(NETWORK_RATE, sampleRate, { keepsDelay: true });
    this.#wide = wide;
    this.#wideFrame = wide.subarray(0, NETWORK_SAMPLES);
    this.frameSamples = (sampleRate * FRAME_MS) / 1000;
    this.#narrow = new Int16Array(this.frameSamples + 1);
    const networkDelayMs = (RNNOISE_DELAY_SAMPLES * 1000) / NETWORK_RATE;
    this.delayMs = this.#up.filterDelayMs + networkDelayMs + this.#down.filterDelayMs;
  }

  process(frame: Int16Array, out: Int16Array): void {
    if (frame.length !== this.frameSamples || out.length !== this.frameSamples)
      throw new AudioError(
        'frame_length',
        'ours',
        `Noise suppression takes and gives ${this.frameSamples} samples at a time, not ${frame.length} and ${out.length}.`,
      );
    this.#up.processInto(frame, this.#wide);
    for (let from = 0; from < NETWORK_SAMPLES; from += RNNOISE_FRAME_SAMPLES) this.#rnnoise.process(this.#wide, from);
    this.#down.processInto(this.#wideFrame, this.#narrow);
    for (let i = 0; i < this.frameSamples; i++) out[i] = this.#narrow[i] ?? 0;
  }

  close(): void {
    this.#rnnoise.close();
    this.#up.close();
    this.#down.close();
  }
}
