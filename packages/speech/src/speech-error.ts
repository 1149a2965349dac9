/** A failure of a speech engine that says whose it is and what to do next. */
export class SpeechError extends Error {
  readonly code: 'recogniser_unavailable' | 'recogniser_failed' | 'synthesiser_failed' | 'voice_unknown' | 'aborted';
  readonly errorClass: 'ours' | 'theirs' | 'upstream' | 'unknown';

  constructor(
    code: SpeechError['code'],
    errorClass: SpeechError['errorClass'],
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'SpeechError';
    this.code = code;
    this.errorClass = errorClass;
  }
}
