/** Speech in and out: the interfaces every provider fits, and the embedded engines. */

export { type ClauseSplitter, createClauseSplitter } from './clause-splitter.ts';
export { createFliteSynthesiser } from './flite/flite-synthesiser.ts';
export { findPocketSphinx, type PocketSphinxAvailability } from './pocketsphinx/find-pocketsphinx.ts';
export { createPocketSphinx, type PocketSphinx, type PocketSphinxOptions } from './pocketsphinx/pocketsphinx.ts';
export { type PromptCacheOptions, withPromptCache } from './prompt-cache.ts';
export type {
  Expectation,
  RecognisedWord,
  Recogniser,
  RecogniserEvent,
  RecogniserOptions,
  RecogniserStream,
  Vocabulary,
} from './recogniser.ts';
export { SpeechError } from './speech-error.ts';
export type { SpeechChunk, SpokenWord, Synthesiser, SynthesisRequest, Voice } from './synthesiser.ts';
