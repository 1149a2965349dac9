/** Where Debian puts PocketSphinx and its English model, and what to do when they are missing. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export type PocketSphinxAvailability =
  | { readonly available: true }
  /** `reason`: a sentence for people; `install`: the command that makes it available. */
  | { readonly available: false; readonly reason: string; readonly install: string };

export interface PocketSphinxFiles {
  readonly library: string;
  readonly baseLibrary: string;
  /** Folder with means, variances, mdef, sendump, transition_matrices and noisedict. */
  readonly acousticModel: string;
  readonly dictionary: string;
  readonly languageModel: string;
}

const INSTALL = 'apt-get install -y libpocketsphinx3 pocketsphinx-en-us';
const LIBRARY = 'libpocketsphinx.so.3';
const BASE_LIBRARY = 'libsphinxbase.so.3';
const multiarch = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' } as const;
const MODEL = '/usr/share/pocketsphinx/model/en-us';

const libraryFolders = [
  ...(process.arch === 'x64' || process.arch === 'arm64' ? [`/usr/lib/${multiarch[process.arch]}`] : []),
  '/usr/lib',
  '/usr/local/lib',
];

export const pocketSphinxFiles: PocketSphinxFiles = {
  library: LIBRARY,
  baseLibrary: BASE_LIBRARY,
  acousticModel: join(MODEL, 'en-us'),
  dictionary: join(MODEL, 'cmudict-en-us.dict'),
  languageModel: join(MODEL, 'en-us.lm.bin'),
};

/** Looks at the file system only; nothing is loaded. */
export function findPocketSphinx(): PocketSphinxAvailability {
  const missing = [
    ...[LIBRARY, BASE_LIBRARY].filter((name) => !libraryFolders.some((folder) => existsSync(join(folder, name)))),
    ...[pocketSphinxFiles.acousticModel, pocketSphinxFiles.dictionary, pocketSphinxFiles.languageModel].filter(
      (path) => !existsSync(path),
    ),
  ];
  if (missing.length === 0) return { available: true };
  return {
    available: false,
    reason: `The offline recogniser is not installed (missing: ${missing.join(', ')}). Install it with: ${INSTALL}`,
    install: INSTALL,
  };
}
