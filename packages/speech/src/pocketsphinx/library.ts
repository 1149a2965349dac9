/** The C functions of PocketSphinx (Debian's 0.8+5prealpha) that the decoder uses. A wrong argument ends the process. */
import koffi from 'koffi';
import type { PocketSphinxFiles } from './find-pocketsphinx.ts';

/** An address inside the library, as koffi hands it out. Null where C returned NULL. */
export type Handle = unknown;

export interface PocketSphinxLibrary {
  /** Options as on the command line: name, value, name, value. Null for an unknown name. */
  parseOptions(options: readonly string[]): Handle;
  createDecoder(options: Handle): Handle;
  freeDecoder(decoder: Handle): void;
  readLanguageModel(options: Handle, path: string, logMath: Handle): Handle;
  freeLanguageModel(model: Handle): void;
  /** Adds a search over a mixture of models, which stay usable by others and live as long as the decoder. */
  addSearch(decoder: Handle, name: string, mixture: Mixture): number;
  useSearch(decoder: Handle, name: string): number;
  logMath(decoder: Handle): Handle;
  startUtterance(decoder: Handle): number;
  /** One frame of cepstra. The library loses its place when given several at once. */
  processFrame(decoder: Handle, cepstra: Float32Array): number;
  endUtterance(decoder: Handle): number;
  /** Words so far, or null. */
  hypothesis(decoder: Handle): string | null;
  segments(decoder: Handle): NativeSegment[];
}

export interface Mixture {
  readonly options: Handle;
  readonly models: readonly (readonly [model: Handle, share: number])[];
}

export interface NativeSegment {
  /** With the mark of its variant: `the(2)`. Fillers look like `<sil>`, `[NOISE]` or `++UM++`. */
  readonly word: string;
  /** Both frames belong to the word. */
  readonly firstFrame: number;
  readonly lastFrame: number;
  readonly posterior: number;
  /** Log likelihood in the library's units, best state of each frame = 0. */
  readonly acousticScore: number;
}

/** `-logbase`: scores are logarithms to this base. */
const LOG_BASE = 1.0001;
/** "Find out the format of the file": -1 would return null and crash later. */
const AUTOMATIC_TYPE = 0;

export function loadPocketSphinx(files: PocketSphinxFiles): PocketSphinxLibrary {
  const base = koffi.load(files.baseLibrary);
  const sphinx = koffi.load(files.library);
  const parse = base.func('void *cmd_ln_parse_r(void *, void *, int, const char **, int)');
  const definitions = sphinx.func('void *ps_args()');
  const init = sphinx.func('void *ps_init(void *)');
  const free = sphinx.func('int ps_free(void *)');
  const read = base.func('void *ngram_model_read(void *, const char *, int, void *)');
  const mix = base.func('void *ngram_model_set_init(void *, void **, const char **, float *, int)');
  const retain = base.func('void *ngram_model_retain(void *)');
  const release = base.func('int ngram_model_free(void *)');
  const setModel = sphinx.func('int ps_set_lm(void *, const char *, void *)');
  const setSearch = sphinx.func('int ps_set_search(void *, const char *)');
  const getLogMath = sphinx.func('void *ps_get_logmath(void *)');
  const start = sphinx.func('int ps_start_utt(void *)');
  const process = sphinx.func('int ps_process_cep(void *, _In_ float **, int, int, int)');
  const end = sphinx.func('int ps_end_utt(void *)');
  const hypothesis = sphinx.func('const char *ps_get_hyp(void *, _Out_ int *)');
  const firstSegment = sphinx.func('void *ps_seg_iter(void *)');
  const nextSegment = sphinx.func('void *ps_seg_next(void *)');
  const segmentWord = sphinx.func('const char *ps_seg_word(void *)');
  const segmentFrames = sphinx.func('void ps_seg_frames(void *, _Out_ int *, _Out_ int *)');
  const segmentPosterior = sphinx.func('int ps_seg_prob(void *, _Out_ int *, _Out_ int *, _Out_ int *)');

  return {
    parseOptions: (options) => parse(null, definitions(), options.length + 1, ['pocketsphinx', ...options], 1),
    createDecoder: (options) => init(options),
    freeDecoder: (decoder) => free(decoder),
    readLanguageModel: (options, path, logMath) => read(options, path, AUTOMATIC_TYPE, logMath),
    freeLanguageModel: (model) => release(model),
    addSearch(decoder, name, { options, models }) {
      // A mixture frees its parts with itself, so it gets a reference of its own to each; the decoder then holds the mixture.
      for (const [model] of models) retain(model);
      const mixture = mix(
        options,
        models.map(([model]) => model),
        models.map((_, index) => `part${index}`),
        models.map(([, share]) => share),
        models.length,
      );
      if (mixture === null) return -1;
      const result = setModel(decoder, name, mixture);
      release(mixture);
      return result;
    },
    useSearch: (decoder, name) => setSearch(decoder, name),
    logMath: (decoder) => getLogMath(decoder),
    startUtterance: (decoder) => start(decoder),
    processFrame: (decoder, cepstra) => process(decoder, [cepstra], 1, 0, 0),
    endUtterance: (decoder) => end(decoder),
    hypothesis: (decoder) => hypothesis(decoder, [0]),
    segments(decoder) {
      const found: NativeSegment[] = [];
      const first = [0];
      const last = [0];
      const acoustic = [0];
      for (let segment = firstSegment(decoder); segment !== null; segment = nextSegment(segment)) {
        segmentFrames(segment, first, last);
        const posterior = LOG_BASE ** segmentPosterior(segment, acoustic, [0], [0]);
        found.push({
          word: segmentWord(segment),
          firstFrame: first[0] ?? 0,
          lastFrame: last[0] ?? 0,
          posterior: Math.min(1, posterior),
          acousticScore: acoustic[0] ?? 0,
        });
      }
      return found;
    },
  };
}
