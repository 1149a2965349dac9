/** What passes between the recogniser and its processes. */
import type { Expectation, RecognisedWord } from '../recogniser.ts';
import type { LanguageFiles } from './language-builder.ts';

export type RecogniserOrder =
  /** Loads a language and a decoder for it, so that the first utterance does not wait. */
  | { readonly type: 'load'; readonly language: LanguageFiles }
  /** Its language model may be freed; decoders that have it keep it until they are freed themselves. */
  | { readonly type: 'unload'; readonly languageId: string }
  | { readonly type: 'start'; readonly utterance: number; readonly start: UtteranceStart }
  | { readonly type: 'audio'; readonly utterance: number; readonly samples: Int16Array }
  | { readonly type: 'end'; readonly utterance: number }
  | { readonly type: 'cancel'; readonly utterance: number };

export interface UtteranceStart {
  readonly languageId: string;
  readonly sampleRate: 8000 | 16000;
  readonly expect: Expectation;
  /** Cepstral mean at the end of the caller's last utterance. */
  readonly mean: readonly number[] | null;
}

export type RecogniserReport =
  | { readonly type: 'ready' }
  | { readonly type: 'loaded'; readonly languageId: string }
  | { readonly type: 'partial'; readonly utterance: number; readonly text: string }
  | ({ readonly type: 'final'; readonly utterance: number } & Recognition)
  | { readonly type: 'failed'; readonly utterance: number; readonly message: string };

export interface Recognition {
  readonly text: string;
  readonly confidence: number;
  readonly words: readonly RecognisedWord[];
  readonly mean: readonly number[];
}

/** Given to a process as its one argument, in JSON. */
export interface ProcessSettings {
  readonly models: ModelFiles;
}

/** Made once by the language builder. */
export interface ModelFiles {
  readonly telephoneMeans: string;
  readonly telephoneVariances: string;
  readonly yesNo: string;
  readonly digits: string;
}
