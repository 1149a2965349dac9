/** A failure of the sound code that says whose it is and what to do next. */
export class AudioError extends Error {
  readonly code:
    | 'wav_malformed'
    | 'wav_unsupported'
    | 'wav_write_failed'
    | 'rate_unsupported'
    | 'audio_closed'
    | 'frame_length'
    | 'silero_damaged'
    | 'rnnoise_damaged'
    | 'out_of_memory';
  readonly errorClass: 'ours' | 'theirs' | 'upstream' | 'unknown';

  constructor(code: AudioError['code'], errorClass: AudioError['errorClass'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AudioError';
    this.code = code;
    this.errorClass = errorClass;
  }
}
