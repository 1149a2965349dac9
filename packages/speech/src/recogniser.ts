/** Speech to text: one interface for every provider, embedded or cloud. */

/** What the conversation expects to hear next; narrows the recogniser's search. */
export type Expectation = 'open' | 'yes_no' | 'digits';

export interface RecognisedWord {
  readonly text: string;
  /** Milliseconds from the first sample of the utterance. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Posterior probability, 0 to 1. */
  readonly confidence: number;
}

export type RecogniserEvent =
  /** Best words so far; `revision` grows by one with each change within an utterance. */
  | { readonly type: 'partial'; readonly text: string; readonly revision: number }
  /** The provider itself thinks the turn may be over; may be followed by `resumed`. Embedded recognisers never send it. */
  | { readonly type: 'eager_end'; readonly text: string }
  | { readonly type: 'resumed' }
  /** The final words of an utterance, after `forceEnd()` or by the provider's own decision. Empty text: no words heard. */
  | {
      readonly type: 'turn_end';
      readonly text: string;
      /** 0 to 1, comparable over providers: below the recogniser's `acceptAbove` the words should not be trusted. */
      readonly confidence: number;
      readonly words: readonly RecognisedWord[];
      readonly trigger: 'forced' | 'provider';
    }
  | { readonly type: 'error'; readonly code: string; readonly message: string };

/** One call's stream. An utterance starts with the first `audio` after `open`, `forceEnd` or `cancel`. */
export interface RecogniserStream {
  /** PCM at the stream's rate. The samples are handed over: the buffer may be transferred to another thread. */
  audio(samples: Int16Array): void;
  /** Ends the utterance: exactly one `turn_end` (or `error`) answers it. */
  forceEnd(): void;
  /** Forgets the utterance without a `turn_end`. */
  cancel(): void;
  configure(expect: Expectation): void;
  close(): void;
}

/** The words an agent's callers are likely to use, from its knowledge and instructions. */
export interface Vocabulary {
  /** Stable hash of the content; recognisers keep what they built under it. */
  readonly id: string;
  /** Sentences in ordinary spelling. */
  readonly sentences: readonly string[];
}

export interface RecogniserOptions {
  /** Samples per second of what `audio` will be given. */
  readonly sampleRate: 8000 | 16000;
  readonly vocabulary: Vocabulary;
  readonly onEvent: (event: RecogniserEvent) => void;
}

export interface Recogniser {
  /** Name for the call record, such as `pocketsphinx`. */
  readonly name: string;
  /** A `turn_end` with less confidence than this is unclear speech. */
  readonly acceptAbove: number;
  open(options: RecogniserOptions): RecogniserStream;
}
