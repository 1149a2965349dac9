/** Streaming sample rate conversion: SpeexDSP's resampler compiled to WASM with SIMD. */

import loadSpeex from '@echogarden/speex-resampler-wasm/simd';
import { AudioError } from './audio-error.ts';

/**
 * 64 taps at the lower rate: flat to 3.3 kHz and over 90 dB of alias rejection for 8 kHz sound, which G.711 (38 dB) cannot
 * tell from more; 4 ms of delay.
 */
const QUALITY = 4;
/** What one call into WASM takes: 20 ms of the highest rate we meet (48 kHz) fits in one. Longer input goes in slices. */
const SLICE_SAMPLES = 1024;
/** Telephone and studio rates; the ratio of two of them also bounds the output buffer. */
const LOWEST_RATE = 8000;
const HIGHEST_RATE = 48_000;
const OUTPUT_SAMPLES = SLICE_SAMPLES * (HIGHEST_RATE / LOWEST_RATE) + 8;

const BYTES_PER_SAMPLE = 2;
const BYTES_PER_COUNT = 4;

/** One mono stream. The output does not depend on how the input is cut into chunks. */
export interface Resampler {
  /**
   * Converts the next chunk of any length. The first output sample belongs to the first input sample: the filter's delay
   * is taken out, so early chunks give up to 4 ms less than they hold and `flush` gives the rest.
   */
  process(samples: Int16Array): Int16Array;
  /**
   * The same into a buffer of the caller's, without allocating. `out` holds at least one sample more than the chunk is
   * long at the other rate. @returns how many samples were written.
   */
  processInto(samples: Int16Array, out: Int16Array): number;
  /** Ends the stream: the samples still inside. The next `process` starts a new stream. */
  flush(): Int16Array;
  /** The filter's delay, which is in the output where it was kept. */
  readonly filterDelayMs: number;
  /** Frees the state; further use throws `audio_closed`. */
  close(): void;
}

export interface ResamplerOptions {
  /** Leaves the filter's delay in, so that every chunk of whole milliseconds gives as many, from the first one on. */
  readonly keepsDelay?: boolean;
}

export interface ResamplerFactory {
  /** Throws AudioError `rate_unsupported` for rates that are no whole number from 8000 to 48000. */
  create(fromRate: number, toRate: number, options?: ResamplerOptions): Resampler;
}

/** Loads the WASM module; one factory per thread is enough. */
export async function loadResampler(): Promise<ResamplerFactory> {
  const speex = await loadSpeex();
  // Calls are synchronous, so all streams of the thread can share one set of buffers.
  const buffers: Buffers = {
    input: speex._malloc(SLICE_SAMPLES * BYTES_PER_SAMPLE),
    output: speex._malloc(OUTPUT_SAMPLES * BYTES_PER_SAMPLE),
    inputLength: speex._malloc(BYTES_PER_COUNT),
    outputLength: speex._malloc(BYTES_PER_COUNT),
  };
  return {
    create: (fromRate, toRate, { keepsDelay = false } = {}) =>
      new SpeexResampler(speex, buffers, fromRate, toRate, keepsDelay),
  };
}

type SpeexModule = Awaited<ReturnType<typeof loadSpeex>>;

/** Byte offsets in the module's memory. */
interface Buffers {
  readonly input: number;
  readonly output: number;
  readonly inputLength: number;
  readonly outputLength: number;
}

class SpeexResampler implements Resampler {
  readonly #speex: SpeexModule;
  readonly #buffers: Buffers;
  readonly #fromRate: number;
  readonly #toRate: number;
  readonly #keepsDelay: boolean;
  /** 0 once closed. */
  #state: number;
  #taken = 0;
  #given = 0;

  constructor(speex: SpeexModule, buffers: Buffers, fromRate: number, toRate: number, keepsDelay: boolean) {
    for (const rate of [fromRate, toRate]) {
      if (!Number.isInteger(rate) || rate < LOWEST_RATE || rate > HIGHEST_RATE)
        throw new AudioError(
          'rate_unsupported',
          'ours',
          `Cannot resample between ${fromRate} and ${toRate} Hz: use whole rates from ${LOWEST_RATE} to ${HIGHEST_RATE}.`,
        );
    }
    this.#speex = speex;
    this.#buffers = buffers;
    this.#fromRate = fromRate;
    this.#toRate = toRate;
    this.#keepsDelay = keepsDelay;
    this.#state = speex._speex_resampler_init(1, fromRate, toRate, QUALITY, buffers.inputLength);
    if (this.#state === 0)
      throw new AudioError('rate_unsupported', 'ours', `The resampler has no memory left for ${fromRate} Hz.`);
    this.#begin();
  }

  get filterDelayMs(): number {
    this.#requireOpen();
    return (this.#speex._speex_resampler_get_input_latency(this.#state) * 1000) / this.#fromRate;
  }

  process(samples: Int16Array): Int16Array {
    const out = new Int16Array(Math.ceil((samples.length * this.#toRate) / this.#fromRate) + 1);
    return out.subarray(0, this.processInto(samples, out));
  }

  processInto(samples: Int16Array, out: Int16Array): number {
    this.#requireOpen();
    const length = this.#convert(samples, out);
    this.#taken += samples.length;
    this.#given += length;
    return length;
  }

  flush(): Int16Array {
    this.#requireOpen();
    const latency = this.#speex._speex_resampler_get_input_latency(this.#state);
    const owed = Math.round((this.#taken * this.#toRate) / this.#fromRate) - this.#given;
    // As many zeros as the filter looks ahead, and one more against rounding, push the last sample out.
    const tail = this.process(new Int16Array(latency + Math.ceil(this.#fromRate / this.#toRate)));
    this.#speex._speex_resampler_reset_mem(this.#state);
    this.#begin();
    this.#taken = 0;
    this.#given = 0;
    return tail.subarray(0, Math.max(0, owed));
  }

  close(): void {
    if (this.#state !== 0) this.#speex._speex_resampler_destroy(this.#state);
    this.#state = 0;
  }

  #begin(): void {
    if (!this.#keepsDelay) this.#speex._speex_resampler_skip_zeros(this.#state);
  }

  #convert(samples: Int16Array, out: Int16Array): number {
    const speex = this.#speex;
    const { input, output, inputLength, outputLength } = this.#buffers;
    let written = 0;
    for (let from = 0; from < samples.length; ) {
      const slice = Math.min(SLICE_SAMPLES, samples.length - from);
      for (let i = 0; i < slice; i++) speex.HEAP16[input / BYTES_PER_SAMPLE + i] = samples[from + i] ?? 0;
      speex.HEAPU32[inputLength / BYTES_PER_COUNT] = slice;
      speex.HEAPU32[outputLength / BYTES_PER_COUNT] = OUTPUT_SAMPLES;
      speex._speex_resampler_process_int(this.#state, 0, input, inputLength, output, outputLength);
      const made = speex.HEAPU32[outputLength / BYTES_PER_COUNT] ?? 0;
      for (let i = 0; i < made; i++) out[written + i] = speex.HEAP16[output / BYTES_PER_SAMPLE + i] ?? 0;
      written += made;
      from += speex.HEAPU32[inputLength / BYTES_PER_COUNT] ?? slice;
    }
    return written;
  }

  #requireOpen(): void {
    if (this.#state === 0)
      throw new AudioError('audio_closed', 'ours', 'This resampler was closed; create a new one for each stream.');
  }
}
