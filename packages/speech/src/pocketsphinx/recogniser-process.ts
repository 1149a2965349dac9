/** Process of the embedded recogniser: decodes utterances of many calls in turn. A crash in native code ends only it. */
import { setPriority } from 'node:os';
import { SpeechError } from '../speech-error.ts';
import { createDecoder, type Decoder, type DecoderLanguage, decoderOptions, type SharedModels } from './decoder.ts';
import { createDecoderPool, MOST_DECODERS } from './decoder-pool.ts';
import { pocketSphinxFiles } from './find-pocketsphinx.ts';
import type { LanguageFiles } from './language-builder.ts';
import { loadPocketSphinx } from './library.ts';
import type { ProcessSettings, RecogniserOrder, RecogniserReport, UtteranceStart } from './recogniser-job.ts';

/** Decoded between two looks at the orders, so that a `cancel` or another caller waits a few milliseconds at most. */
const SLICE_MS = 100;

interface Utterance {
  readonly start: UtteranceStart;
  readonly audio: Int16Array[];
  decoder: Decoder | null;
  partial: string;
  ended: boolean;
}

/** A little behind the threads that send sound every 20 ms: words may come late, packets may not. */
const NICENESS = 5;

const { models } = JSON.parse(process.argv[2] ?? '{}') as ProcessSettings;
setPriority(NICENESS);
const library = loadPocketSphinx(pocketSphinxFiles);
const pool = createDecoderPool(MOST_DECODERS);
const languages = new Map<string, DecoderLanguage>();
/** In the order of their first audio: the first without a decoder gets the next free one. */
const utterances = new Map<number, Utterance>();
let shared: SharedModels | null = null;
let scheduled = false;

function report(message: RecogniserReport): void {
  process.send?.(message);
}

/** The library wants a decoder's log table to read a model, so the first language makes a short-lived one. */
function sharedModels(files: LanguageFiles): SharedModels {
  if (shared !== null) return shared;
  const options = library.parseOptions(decoderOptions(models, files.dictionary, 8000));
  const decoder = library.createDecoder(options);
  const read = (path: string) => library.readLanguageModel(options, path, library.logMath(decoder));
  shared = {
    options,
    logMath: library.logMath(decoder),
    generic: read(pocketSphinxFiles.languageModel),
    yesNo: read(models.yesNo),
    digits: read(models.digits),
  };
  return shared;
}

function load(files: LanguageFiles): void {
  if (languages.has(files.id)) return;
  const { options, logMath } = sharedModels(files);
  const model = library.readLanguageModel(options, files.model, logMath);
  if (model === null)
    throw new SpeechError('recogniser_failed', 'ours', `The language model ${files.model} is unreadable.`);
  languages.set(files.id, { files, model });
}

function take({ languageId, sampleRate }: UtteranceStart): Decoder | null {
  return pool.take(`${sampleRate} ${languageId}`, () => {
    const language = languages.get(languageId);
    if (language === undefined || shared === null)
      throw new SpeechError('recogniser_failed', 'ours', `The language ${languageId} was not loaded.`);
    return createDecoder(library, models, shared, language, sampleRate);
  });
}

function giveBack(utterance: Utterance): void {
  if (utterance.decoder !== null)
    pool.giveBack(`${utterance.start.sampleRate} ${utterance.start.languageId}`, utterance.decoder);
  utterance.decoder = null;
}

/** One slice of one utterance. */
function advance(id: number, utterance: Utterance): void {
  if (utterance.decoder === null) {
    utterance.decoder = take(utterance.start);
    utterance.decoder?.start(utterance.start);
  }
  const decoder = utterance.decoder;
  if (decoder === null) return;
  const samples = utterance.audio.shift();
  if (samples !== undefined) {
    const slice = (SLICE_MS * utterance.start.sampleRate) / 1000;
    decoder.process(samples.subarray(0, slice));
    if (samples.length > slice) utterance.audio.unshift(samples.subarray(slice));
  }
  if (utterance.ended && utterance.audio.length === 0) {
    const recognition = decoder.end();
    giveBack(utterance);
    utterances.delete(id);
    report({ type: 'final', utterance: id, ...recognition });
    return;
  }
  const text = decoder.partial();
  if (text === utterance.partial) return;
  utterance.partial = text;
  report({ type: 'partial', utterance: id, text });
}

function hasWork(utterance: Utterance): boolean {
  return utterance.audio.length > 0 || utterance.ended;
}

function work(): void {
  scheduled = false;
  for (const [id, utterance] of utterances) {
    if (!hasWork(utterance)) continue;
    try {
      advance(id, utterance);
    } catch (error) {
      utterances.delete(id);
      if (utterance.decoder !== null) pool.discard(utterance.decoder);
      report({ type: 'failed', utterance: id, message: error instanceof Error ? error.message : String(error) });
    }
  }
  // Those without a decoder wait for an order that ends another utterance, or for one that ended above.
  if (
    [...utterances.values()].some((utterance) => hasWork(utterance) && (utterance.decoder !== null || pool.hasRoom()))
  )
    schedule();
}

function schedule(): void {
  if (scheduled) return;
  scheduled = true;
  setImmediate(work);
}

process.on('message', (order: RecogniserOrder) => {
  switch (order.type) {
    case 'load':
      load(order.language);
      // Made and given back at once: it waits in the pool for the first caller.
      warmUp({ languageId: order.language.id, sampleRate: 8000, expect: 'open', mean: null });
      report({ type: 'loaded', languageId: order.language.id });
      return;
    case 'unload': {
      const language = languages.get(order.languageId);
      languages.delete(order.languageId);
      if (language !== undefined) library.freeLanguageModel(language.model);
      return;
    }
    case 'start':
      utterances.set(order.utterance, { start: order.start, audio: [], decoder: null, partial: '', ended: false });
      return;
    case 'audio':
      utterances.get(order.utterance)?.audio.push(order.samples);
      break;
    case 'end': {
      const utterance = utterances.get(order.utterance);
      if (utterance !== undefined) utterance.ended = true;
      break;
    }
    case 'cancel': {
      const utterance = utterances.get(order.utterance);
      utterances.delete(order.utterance);
      utterance?.decoder?.abandon();
      if (utterance !== undefined) giveBack(utterance);
      break;
    }
  }
  schedule();
});

function warmUp(start: UtteranceStart): void {
  const decoder = take(start);
  if (decoder !== null) pool.giveBack(`${start.sampleRate} ${start.languageId}`, decoder);
}

process.on('disconnect', () => process.exit(0));
report({ type: 'ready' });
