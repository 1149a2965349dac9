/** Text to speech: one interface for every provider, embedded or cloud. */

export interface Voice {
  readonly id: string;
  readonly name: string;
  /** BCP 47. */
  readonly language: string;
  readonly gender: 'female' | 'male' | 'neutral';
  readonly provider: string;
}

/** Where a word of the text sits in the sound, so that what was heard can be cut at the word. */
export interface SpokenWord {
  /** Half-open character range in the request's text. */
  readonly from: number;
  readonly to: number;
  /** Sample position, in the request's rate, at which the word has been spoken to its end. */
  readonly endSample: number;
}

export interface SpeechChunk {
  /** Mono PCM at the request's rate; belongs to the receiver, who must not change it (it may be cached). */
  readonly samples: Int16Array;
  /** Words that end within this chunk; positions count from the first chunk's first sample. */
  readonly words: readonly SpokenWord[];
}

export interface SynthesisRequest {
  /** One clause or sentence of plain text. */
  readonly text: string;
  readonly voice: string;
  readonly sampleRate: 8000 | 16000;
}

export interface Synthesiser {
  readonly name: string;
  readonly voices: readonly Voice[];
  /** Streams the sound; ends early without error when `signal` aborts. Throws SpeechError. */
  synthesise(request: SynthesisRequest, signal: AbortSignal): AsyncIterable<SpeechChunk>;
}
