/** The embedded synthesiser: English, no key, no network, in a thread of its own. */
import { Worker } from 'node:worker_threads';
import { soundChunks } from '../sound-chunks.ts';
import { SpeechError } from '../speech-error.ts';
import type { SpeechChunk, Synthesiser, SynthesisRequest } from '../synthesiser.ts';
import type { FliteAnswer, FliteJob } from './flite-job.ts';
import type { SpokenSentence } from './flite-sentence.ts';
import { FLITE, fliteVoices } from './flite-voices.ts';

interface PendingJob {
  readonly job: FliteJob;
  readonly resolve: (sound: SpokenSentence | null) => void;
  readonly reject: (error: SpeechError) => void;
}

/** Starts the thread and warms it up (about 150 ms). Throws SpeechError `synthesiser_failed`. */
export async function createFliteSynthesiser(): Promise<Synthesiser & { close(): Promise<void> }> {
  const synthesiser = new FliteSynthesiser();
  await synthesiser.start();
  return synthesiser;
}

class FliteSynthesiser implements Synthesiser {
  readonly name = FLITE;
  readonly voices = fliteVoices;
  #worker: Worker | null = null;
  #nextId = 1;
  #running: PendingJob | null = null;
  #queue: PendingJob[] = [];
  #closed = false;

  async start(): Promise<void> {
    const worker = new Worker(new URL('./flite-worker.ts', import.meta.url), { name: 'flite' });
    await new Promise<void>((resolve, reject) => {
      const fail = (cause: unknown) => reject(failure('Flite did not start', cause));
      worker.once('error', fail);
      worker.once('exit', (code) => fail(new Error(`its thread ended with code ${code}`)));
      worker.once('message', () => {
        worker.off('error', fail);
        resolve();
      });
    });
    let cause: unknown = null;
    worker.on('message', (answer: FliteAnswer) => this.#settle(answer));
    worker.on('error', (error) => {
      cause = error;
    });
    worker.once('exit', (code) => this.#workerEnded(cause ?? new Error(`its thread ended with code ${code}`)));
    this.#worker = worker;
    this.#sendNext();
  }

  async *synthesise(request: SynthesisRequest, signal: AbortSignal): AsyncIterable<SpeechChunk> {
    if (!this.voices.some((voice) => voice.id === request.voice)) {
      const known = this.voices.map((voice) => voice.id).join(', ');
      throw new SpeechError('voice_unknown', 'theirs', `There is no voice "${request.voice}"; flite has ${known}.`);
    }
    const sound = await this.#speak(request, signal);
    if (sound === null) return;
    for (const chunk of soundChunks(sound.samples, sound.words, request.sampleRate)) {
      if (signal.aborted) return;
      yield chunk;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const worker = this.#worker;
    this.#worker = null;
    for (const pending of [...(this.#running === null ? [] : [this.#running]), ...this.#queue]) pending.resolve(null);
    this.#running = null;
    this.#queue = [];
    await worker?.terminate();
  }

  /** Null when aborted. A sentence already being spoken is finished by the thread and thrown away. */
  #speak({ text, voice, sampleRate }: SynthesisRequest, signal: AbortSignal): Promise<SpokenSentence | null> {
    if (signal.aborted) return Promise.resolve(null);
    if (this.#closed) return Promise.reject(failure('The synthesiser is closed', null));
    return new Promise((resolve, reject) => {
      const abort = () => {
        this.#queue = this.#queue.filter((other) => other !== pending);
        resolve(null);
      };
      const settled = () => signal.removeEventListener('abort', abort);
      const pending: PendingJob = {
        job: { id: this.#nextId++, text, voice, sampleRate },
        resolve: (sound) => {
          settled();
          resolve(sound);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
      };
      signal.addEventListener('abort', abort, { once: true });
      this.#queue.push(pending);
      this.#sendNext();
    });
  }

  #sendNext(): void {
    if (this.#running !== null || this.#worker === null) return;
    this.#running = this.#queue.shift() ?? null;
    if (this.#running !== null) this.#worker.postMessage(this.#running.job);
  }

  #settle(answer: FliteAnswer): void {
    const pending = this.#running;
    if (answer.type === 'ready' || pending === null || pending.job.id !== answer.id) return;
    this.#running = null;
    this.#sendNext();
    if (answer.type === 'spoken') pending.resolve(answer);
    else pending.reject(failure(answer.message, null));
  }

  /** The sentence that ended the thread fails; the ones behind it are spoken by a new thread. */
  #workerEnded(cause: unknown): void {
    if (this.#closed) return;
    this.#worker = null;
    this.#running?.reject(failure('Flite stopped in the middle of a sentence', cause));
    this.#running = null;
    this.start().catch((error: unknown) => {
      const queue = this.#queue;
      this.#queue = [];
      for (const pending of queue) pending.reject(failure('Flite could not be started again', error));
    });
  }
}

function failure(what: string, cause: unknown): SpeechError {
  const reason = cause instanceof Error ? `: ${cause.message}` : '';
  return new SpeechError('synthesiser_failed', 'ours', `${what}${reason}.`, { cause });
}
