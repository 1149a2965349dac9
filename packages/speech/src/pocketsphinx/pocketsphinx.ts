/** The embedded recogniser: PocketSphinx in processes of its own, with a language model made from the agent's knowledge. */
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Recogniser, RecogniserOptions, RecogniserStream, Vocabulary } from '../recogniser.ts';
import { SpeechError } from '../speech-error.ts';
import { findPocketSphinx } from './find-pocketsphinx.ts';
import { ACCEPT_ABOVE } from './hypothesis.ts';
import { buildLanguage, buildModels, type LanguageFiles } from './language-builder.ts';
import { openPocketSphinxStream } from './pocketsphinx-stream.ts';
import { RecogniserHost } from './recogniser-host.ts';

export interface PocketSphinxOptions {
  /** Default: half the cores, one to four. Each carries eight callers who speak at the same time. */
  readonly processes?: number;
}

export interface PocketSphinx extends Recogniser {
  /** Builds and loads the language model, about a second; without it the first utterance waits. Throws SpeechError. */
  prepare(vocabulary: Vocabulary): Promise<void>;
  close(): Promise<void>;
}

/** Versions of agents kept on disk, about 1.5 MB each. */
const MOST_LANGUAGES = 64;
const MOST_DEFAULT_PROCESSES = 4;

/** Throws SpeechError `recogniser_unavailable` where `findPocketSphinx()` says so, or when a process does not start. */
export async function createPocketSphinx(options: PocketSphinxOptions = {}): Promise<PocketSphinx> {
  const found = findPocketSphinx();
  if (!found.available) throw new SpeechError('recogniser_unavailable', 'theirs', found.reason);
  const folder = await mkdtemp(join(tmpdir(), 'dialplane-recogniser-'));
  const count =
    options.processes ?? Math.max(1, Math.min(MOST_DEFAULT_PROCESSES, Math.floor(availableParallelism() / 2)));
  let hosts: RecogniserHost[] = [];
  try {
    const models = await buildModels(folder);
    hosts = Array.from({ length: count }, () => new RecogniserHost({ models }));
    await Promise.all(hosts.map((host) => host.started));
  } catch (error) {
    await Promise.all(hosts.map((host) => host.close()));
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return new ProcessRecogniser(folder, hosts);
}

class ProcessRecogniser implements PocketSphinx {
  readonly name = 'pocketsphinx';
  readonly acceptAbove = ACCEPT_ABOVE;
  readonly #folder: string;
  readonly #hosts: readonly RecogniserHost[];
  readonly #languages = new Map<string, Promise<LanguageFiles>>();
  /** For those who end without `close`. */
  readonly #removeFolder = () => rmSync(this.#folder, { recursive: true, force: true });
  #built = 0;
  #utterances = 0;

  constructor(folder: string, hosts: readonly RecogniserHost[]) {
    this.#folder = folder;
    this.#hosts = hosts;
    process.once('exit', this.#removeFolder);
  }

  async prepare(vocabulary: Vocabulary): Promise<void> {
    const language = await this.#language(vocabulary);
    await Promise.all(this.#hosts.map((host) => host.prepare(language)));
  }

  open(options: RecogniserOptions): RecogniserStream {
    return openPocketSphinxStream(options, {
      language: this.#language(options.vocabulary),
      host: () => this.#hosts.reduce((least, host) => (host.load < least.load ? host : least)),
      nextUtterance: () => ++this.#utterances,
    });
  }

  async close(): Promise<void> {
    process.off('exit', this.#removeFolder);
    await Promise.all(this.#hosts.map((host) => host.close()));
    await rm(this.#folder, { recursive: true, force: true });
  }

  #language(vocabulary: Vocabulary): Promise<LanguageFiles> {
    const known = this.#languages.get(vocabulary.id);
    if (known !== undefined) return known;
    const built = buildLanguage(this.#folder, `language-${++this.#built}`, vocabulary);
    this.#languages.set(vocabulary.id, built);
    // A failure is told to those who wait; the next call tries again.
    built.catch(() => this.#languages.delete(vocabulary.id));
    const [oldest] = this.#languages.keys();
    if (this.#languages.size > MOST_LANGUAGES && oldest !== undefined) this.#drop(oldest);
    return built;
  }

  #drop(id: string): void {
    const files = this.#languages.get(id);
    this.#languages.delete(id);
    files
      ?.then(({ model, dictionary }) => Promise.all([model, dictionary].map((path) => rm(path, { force: true }))))
      .catch(() => {});
  }
}
