/** One PocketSphinx decoder: decodes one utterance at a time of one language at one sample rate. */
import { join } from 'node:path';
import type { Expectation } from '../recogniser.ts';
import { SpeechError } from '../speech-error.ts';
import { type CepstralMean, createCepstralMean } from './cepstral-mean.ts';
import { pocketSphinxFiles } from './find-pocketsphinx.ts';
import { createFrontEnd, type FrontEnd } from './front-end.ts';
import { hypothesisOf, isFiller, withoutVariant } from './hypothesis.ts';
import type { LanguageFiles } from './language-builder.ts';
import type { Handle, PocketSphinxLibrary } from './library.ts';
import { telephoneBand, wideBand } from './mel-filters.ts';
import type { ModelFiles, Recognition, UtteranceStart } from './recogniser-job.ts';

/** Frames heard before decoding begins, so that the cepstral mean fits a caller never heard before. */
const FIRST_LOOK_FRAMES = 60;

/**
 * A first utterance less certain than this is decoded once more with the mean of all of it: about 60 ms per second of
 * speech, once in a call, against asking the caller again.
 */
const SECOND_LOOK_BELOW = 0.85;
/** Under this it is noise, in which a second look finds words as easily as in speech. */
const SECOND_LOOK_ABOVE = 0.4;
/** Longer ones have adapted by themselves, and the caller should not wait. */
const SECOND_LOOK_FRAMES = 400;

/** Shares of the mixture, found on the development set. */
const GENERIC_SHARE = 0.3;
/** A closed question's answers, beside everything else that may be said. */
const EXPECTED_SHARE = 0.9;

export interface Decoder {
  start(utterance: Pick<UtteranceStart, 'expect' | 'mean'>): void;
  process(samples: Int16Array): void;
  /** Words so far. */
  partial(): string;
  end(): Recognition;
  /** Ends an utterance whose words nobody wants. */
  abandon(): void;
  free(): void;
}

/** Language models that the decoders of a process share. */
export interface SharedModels {
  readonly options: Handle;
  readonly logMath: Handle;
  readonly generic: Handle;
  readonly yesNo: Handle;
  readonly digits: Handle;
}

export interface DecoderLanguage {
  readonly files: LanguageFiles;
  readonly model: Handle;
}

/** Throws SpeechError `recogniser_failed`. */
export function createDecoder(
  library: PocketSphinxLibrary,
  models: ModelFiles,
  shared: SharedModels,
  language: DecoderLanguage,
  sampleRate: 8000 | 16000,
): Decoder {
  const band = sampleRate === 8000 ? telephoneBand : wideBand;
  const options = library.parseOptions(decoderOptions(models, language.files.dictionary, sampleRate));
  const handle = options === null ? null : library.createDecoder(options);
  if (handle === null) {
    throw new SpeechError(
      'recogniser_failed',
      'ours',
      'PocketSphinx refused its model files; check that pocketsphinx-en-us is complete.',
    );
  }
  return new NativeDecoder(library, handle, shared, language, createFrontEnd(sampleRate, band), band.cepstra);
}

export function decoderOptions(models: ModelFiles, dictionary: string, sampleRate: 8000 | 16000): string[] {
  const wide = sampleRate === 16000;
  const model = (name: string) => join(pocketSphinxFiles.acousticModel, name);
  const last = (wide ? wideBand : telephoneBand).cepstra;
  // Without `-hmm`, since the folder's feat.params would override what is set here.
  return [
    ...['-mdef', model('mdef'), '-sendump', model('sendump'), '-tmat', model('transition_matrices')],
    ...['-fdict', model('noisedict'), '-dict', dictionary],
    ...['-mean', wide ? model('means') : models.telephoneMeans],
    ...['-var', wide ? model('variances') : models.telephoneVariances],
    ...['-feat', '1s_c_d_dd', '-svspec', `0-${last - 1}/${last}-${2 * last - 1}/${2 * last}-${3 * last - 1}`],
    ...['-ncep', String(last), '-ceplen', String(last), '-cmn', 'none', '-agc', 'none', '-varnorm', 'no'],
    // The second pass halves the wrong answers on the development sets (8 to 5 %). Its time, some 70 ms, is hidden: final
    // words are asked for 150 ms before a turn is decided to be over.
    ...['-fwdflat', 'yes', '-bestpath', 'yes', '-logfn', '/dev/null'],
    // Without a bound, babble makes word graphs that take seconds to walk; five lose nothing in speech.
    ...['-maxwpf', '5'],
  ];
}

class NativeDecoder implements Decoder {
  readonly #library: PocketSphinxLibrary;
  readonly #handle: Handle;
  readonly #shared: SharedModels;
  readonly #language: DecoderLanguage;
  readonly #frontEnd: FrontEnd;
  readonly #cepstra: number;
  readonly #searches = new Set<Expectation>();
  #mean: CepstralMean;
  /** Frames held back until the mean is known; null once decoding has begun. */
  #held: Float32Array[] | null = [];
  /** All frames of a caller's first utterance; null when it cannot be decoded again. */
  #first: Float32Array[] | null = null;

  constructor(
    library: PocketSphinxLibrary,
    handle: Handle,
    shared: SharedModels,
    language: DecoderLanguage,
    frontEnd: FrontEnd,
    cepstra: number,
  ) {
    this.#library = library;
    this.#handle = handle;
    this.#shared = shared;
    this.#language = language;
    this.#frontEnd = frontEnd;
    this.#cepstra = cepstra;
    this.#mean = createCepstralMean(cepstra, null);
    this.#useSearch('open');
  }

  start({ expect, mean }: Pick<UtteranceStart, 'expect' | 'mean'>): void {
    const known = mean !== null && mean.length === this.#cepstra ? mean : null;
    this.#useSearch(expect);
    this.#frontEnd.reset();
    this.#mean = createCepstralMean(this.#cepstra, known);
    this.#held = known === null ? [] : null;
    this.#first = known === null ? [] : null;
    this.#library.startUtterance(this.#handle);
  }

  process(samples: Int16Array): void {
    for (const frame of this.#frontEnd.process(samples)) {
      this.#mean.learn(frame);
      if (this.#first !== null && this.#first.push(frame) > SECOND_LOOK_FRAMES) this.#first = null;
      if (this.#held === null) this.#decode(frame);
      else if (this.#held.push(frame) >= FIRST_LOOK_FRAMES) this.#release();
    }
  }

  partial(): string {
    const words = (this.#library.hypothesis(this.#handle) ?? '').split(' ').filter((word) => !isFiller(word));
    return words.map(withoutVariant).join(' ').trim();
  }

  end(): Recognition {
    this.#release();
    const heard = this.#finish();
    const again = this.#first;
    if (again === null || heard.confidence < SECOND_LOOK_ABOVE || heard.confidence > SECOND_LOOK_BELOW) return heard;
    this.#library.startUtterance(this.#handle);
    for (const frame of again) this.#decode(frame);
    const second = this.#finish();
    return second.confidence > heard.confidence ? second : heard;
  }

  abandon(): void {
    this.#library.endUtterance(this.#handle);
  }

  free(): void {
    this.#library.freeDecoder(this.#handle);
  }

  #finish(): Recognition {
    this.#library.endUtterance(this.#handle);
    // The library's iterator is only valid when it has a hypothesis.
    const segments = this.#library.hypothesis(this.#handle) === null ? [] : this.#library.segments(this.#handle);
    return { ...hypothesisOf(segments), mean: this.#mean.current() };
  }

  #release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const frame of held) this.#decode(frame);
  }

  #decode(frame: Float32Array): void {
    this.#library.processFrame(this.#handle, this.#mean.normalise(frame));
  }

  /** Searches share the acoustic model; one is made when its question is first asked. */
  #useSearch(expect: Expectation): void {
    if (!this.#searches.has(expect)) {
      const { options, generic, yesNo, digits } = this.#shared;
      const open = 1 - (expect === 'open' ? 0 : EXPECTED_SHARE);
      const models: readonly (readonly [Handle, number])[] = [
        [this.#language.model, open * (1 - GENERIC_SHARE)],
        [generic, open * GENERIC_SHARE],
        ...(expect === 'open' ? [] : [[expect === 'yes_no' ? yesNo : digits, EXPECTED_SHARE] as const]),
      ];
      if (this.#library.addSearch(this.#handle, expect, { options, models }) !== 0)
        throw new SpeechError('recogniser_failed', 'ours', 'PocketSphinx refused a language model.');
      this.#searches.add(expect);
    }
    this.#library.useSearch(this.#handle, expect);
  }
}
