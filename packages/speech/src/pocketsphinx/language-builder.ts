/** Builds language models in a thread that lives only as long as it takes: the dictionary alone is 25 MB. */
import { Worker } from 'node:worker_threads';
import type { Vocabulary } from '../recogniser.ts';
import { SpeechError } from '../speech-error.ts';
import type { ModelFiles } from './recogniser-job.ts';

export interface LanguageFiles {
  readonly id: string;
  readonly model: string;
  readonly dictionary: string;
}

export type BuilderOrder =
  | { readonly type: 'models'; readonly folder: string }
  | { readonly type: 'language'; readonly folder: string; readonly name: string; readonly vocabulary: Vocabulary };

/** Writes what does not depend on an agent. Throws SpeechError `recogniser_unavailable`. */
export function buildModels(folder: string): Promise<ModelFiles> {
  return build<ModelFiles>({ type: 'models', folder });
}

/** Writes the language model and dictionary of one vocabulary. Throws SpeechError `recogniser_failed`. */
export function buildLanguage(folder: string, name: string, vocabulary: Vocabulary): Promise<LanguageFiles> {
  return build<LanguageFiles>({ type: 'language', folder, name, vocabulary });
}

function build<Files>(order: BuilderOrder): Promise<Files> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./language-worker.ts', import.meta.url), {
      name: 'language-builder',
      workerData: order,
    });
    const code = order.type === 'models' ? 'recogniser_unavailable' : 'recogniser_failed';
    const fail = (cause: unknown) =>
      reject(
        new SpeechError(
          code,
          'ours',
          `The recogniser's ${order.type === 'models' ? 'acoustic model' : 'language model'} could not be made: ${String(cause)}`,
          { cause },
        ),
      );
    worker.once('message', (files: Files) => resolve(files));
    worker.once('error', fail);
    worker.once('exit', (exitCode) => fail(new Error(`the thread ended with code ${exitCode}`)));
  });
}
