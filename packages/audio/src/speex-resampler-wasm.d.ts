/** The part of SpeexDSP's resampler that we call; the package ships no types. Pointers are byte offsets in its memory. */
declare module '@echogarden/speex-resampler-wasm/simd' {
  interface SpeexResamplerModule {
    /** Views of the memory as it is now: growing it replaces them, so read them anew after each call. */
    readonly HEAP16: Int16Array;
    readonly HEAPU32: Uint32Array;
    _malloc(bytes: number): number;
    /** Returns the state, or 0 with a code at `error`. */
    _speex_resampler_init(channels: number, fromRate: number, toRate: number, quality: number, error: number): number;
    _speex_resampler_destroy(state: number): void;
    /** Reads and writes the sample counts at `inputLength` and `outputLength`; returns 0 or an error code. */
    _speex_resampler_process_int(
      state: number,
      channel: number,
      input: number,
      inputLength: number,
      output: number,
      outputLength: number,
    ): number;
    _speex_resampler_get_input_latency(state: number): number;
    _speex_resampler_skip_zeros(state: number): number;
    _speex_resampler_reset_mem(state: number): number;
  }
  const load: () => Promise<SpeexResamplerModule>;

  export = load;
}
