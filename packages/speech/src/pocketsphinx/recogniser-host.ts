/** One recogniser process as its parent sees it: started again when it dies. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { SpeechError } from '../speech-error.ts';
import type { LanguageFiles } from './language-builder.ts';
import type { ProcessSettings, RecogniserOrder, RecogniserReport } from './recogniser-job.ts';

/** A process that dies before it is ready will do so again; not in a tight loop. */
const RESTART_PAUSE_MS = 1000;

/** A loaded language takes about 5 MB; one not among the last of these is loaded again when needed, in 20 ms. */
const MOST_LANGUAGES = 16;

export interface UtteranceListener {
  report(report: Extract<RecogniserReport, { utterance: number }>): void;
  /** The process died with the utterance. */
  lost(): void;
}

export class RecogniserHost {
  readonly #settings: ProcessSettings;
  readonly #listeners = new Map<number, UtteranceListener>();
  /** Languages given to the process that runs now, with who waits for them. */
  #languages = new Map<string, { loaded: boolean; waiting: (() => void)[] }>();
  #process: ChildProcess;
  #ready = false;
  #closed = false;
  readonly #started: Promise<void>;

  constructor(settings: ProcessSettings) {
    this.#settings = settings;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#started = promise;
    this.#process = this.#fork(resolve, reject);
  }

  /** Resolves when the first process is ready. Rejects with SpeechError `recogniser_unavailable`. */
  get started(): Promise<void> {
    return this.#started;
  }

  /** Utterances under way. */
  get load(): number {
    return this.#listeners.size;
  }

  /** Process id, for operators and tests. */
  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Gives the process a language unless it has it; resolves when it is loaded, or the process has died. */
  prepare(language: LanguageFiles): Promise<void> {
    return new Promise((resolve) => {
      const known = this.#languages.get(language.id);
      if (known?.loaded === true || !this.#process.connected) return resolve();
      if (known !== undefined) {
        known.waiting.push(resolve);
        return;
      }
      this.#languages.set(language.id, { loaded: false, waiting: [resolve] });
      this.#send({ type: 'load', language });
      this.#unloadOldest();
    });
  }

  /** `language` must be the one the start names. */
  start(
    order: Extract<RecogniserOrder, { type: 'start' }>,
    language: LanguageFiles,
    listener: UtteranceListener,
  ): void {
    if (!this.#process.connected) {
      queueMicrotask(() => listener.lost());
      return;
    }
    const known = this.#languages.get(language.id);
    if (known === undefined) void this.prepare(language);
    else {
      // A Map keeps insertion order: the language goes behind those used before it.
      this.#languages.delete(language.id);
      this.#languages.set(language.id, known);
    }
    this.#listeners.set(order.utterance, listener);
    this.#send(order);
  }

  audio(utterance: number, samples: Int16Array): void {
    if (this.#listeners.has(utterance)) this.#send({ type: 'audio', utterance, samples });
  }

  end(utterance: number): void {
    if (this.#listeners.has(utterance)) this.#send({ type: 'end', utterance });
  }

  cancel(utterance: number): void {
    if (this.#listeners.delete(utterance)) this.#send({ type: 'cancel', utterance });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const ended = new Promise<void>((resolve) => this.#process.once('exit', () => resolve()));
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    this.#process.kill();
    await ended;
  }

  #fork(ready: () => void, failed: (error: SpeechError) => void): ChildProcess {
    const child = fork(
      fileURLToPath(new URL('./recogniser-process.ts', import.meta.url)),
      [JSON.stringify(this.#settings)],
      // The parent's own flags (a debugger's port, a test runner's loader) are not for the child.
      { serialization: 'advanced', execArgv: [] },
    );
    this.#ready = false;
    child.on('message', (report: RecogniserReport) => this.#take(report, ready));
    // A process that could not be started, or a channel that broke: `exit` or `close` tells the rest.
    child.on('error', () => {});
    child.once('exit', (code, signal) => {
      failed(
        new SpeechError(
          'recogniser_unavailable',
          'ours',
          `The recogniser's process ended at its start (${signal ?? `code ${code}`}).`,
        ),
      );
      this.#ended();
    });
    return child;
  }

  #take(report: RecogniserReport, ready: () => void): void {
    switch (report.type) {
      case 'ready':
        this.#ready = true;
        ready();
        return;
      case 'loaded': {
        const language = this.#languages.get(report.languageId);
        if (language === undefined) return;
        language.loaded = true;
        for (const resolve of language.waiting.splice(0)) resolve();
        return;
      }
      default: {
        const listener = this.#listeners.get(report.utterance);
        if (report.type !== 'partial') this.#listeners.delete(report.utterance);
        listener?.report(report);
      }
    }
  }

  #ended(): void {
    const wasReady = this.#ready;
    const lost = [...this.#listeners.values()];
    const languages = this.#languages;
    this.#listeners.clear();
    this.#languages = new Map();
    for (const { waiting } of languages.values()) for (const resolve of waiting) resolve();
    if (!this.#closed) {
      const restart = () => {
        if (!this.#closed)
          this.#process = this.#fork(
            () => {},
            () => {},
          );
      };
      if (wasReady) restart();
      else setTimeout(restart, RESTART_PAUSE_MS).unref();
    }
    for (const listener of lost) listener.lost();
  }

  #unloadOldest(): void {
    const [oldest] = this.#languages;
    if (this.#languages.size <= MOST_LANGUAGES || oldest === undefined) return;
    const [languageId, { waiting }] = oldest;
    this.#languages.delete(languageId);
    for (const resolve of waiting) resolve();
    this.#send({ type: 'unload', languageId });
  }

  #send(order: RecogniserOrder): void {
    // Of a process that has just died `exit` is still to come; its utterances are lost with it.
    if (this.#process.connected) this.#process.send(order);
  }
}
