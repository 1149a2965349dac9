import { createClauseSplitter } from '@dialplane/speech';
import type { Model, ModelEvent, ModelRequest } from './model.ts';
import type { Speech } from './speech.ts';
import type { SpeechMaker } from './speech-maker.ts';

/** What a reply tells besides its words. */
export type ReplyEvent = Exclude<ModelEvent, { readonly type: 'text' | 'done' }>;

export interface ReplyListener {
  firstText(reply: ModelReply, afterMs: number): void;
  event(reply: ModelReply, event: ReplyEvent): void;
  finished(reply: ModelReply): void;
  failed(reply: ModelReply, error: unknown): void;
}

export interface ModelReplyOptions {
  readonly model: Model;
  readonly request: ModelRequest;
  readonly speech: Speech;
  readonly maker: SpeechMaker;
  readonly listener: ReplyListener;
  /** A guess before the caller's turn is over: says nothing to its listener until it is confirmed. */
  readonly speculative: boolean;
  nowMs(): number;
}

/** One request to the model: its text goes clause by clause into a speech, the rest to the listener. */
export class ModelReply {
  readonly speech: Speech;
  readonly request: ModelRequest;
  readonly requestedMs: number;
  readonly #options: ModelReplyOptions;
  readonly #abort = new AbortController();
  readonly #splitter = createClauseSplitter();
  /** What happened while the reply was a guess; null once it is real. */
  #untold: ReplyEvent[] | null;
  #clauses: string[] = [];
  #over = false;
  #error: unknown;

  constructor(options: ModelReplyOptions) {
    this.#options = options;
    this.speech = options.speech;
    this.request = options.request;
    this.requestedMs = options.nowMs();
    this.#untold = options.speculative ? [] : null;
    void this.#run();
  }

  get failed(): boolean {
    return this.#error !== undefined;
  }

  /** Waits for the model: no text yet, or more to come. */
  get streaming(): boolean {
    return !this.#over;
  }

  /** The caller's turn ended with the words that were guessed. */
  confirm(): void {
    const untold = this.#untold;
    if (untold === null) return;
    this.#untold = null;
    const { listener, maker } = this.#options;
    if (this.speech.firstTextMs !== null) listener.firstText(this, this.speech.firstTextMs - this.requestedMs);
    for (const event of untold) listener.event(this, event);
    maker.add(this.speech, this.#clauses);
    this.#clauses = [];
    if (this.failed) listener.failed(this, this.#error);
    else if (this.#over) this.#finish();
  }

  /** Takes no more of the model's words. */
  stop(): void {
    this.#abort.abort();
  }

  cancel(): void {
    this.stop();
    this.speech.cancel();
  }

  async #run(): Promise<void> {
    const { model, request } = this.#options;
    try {
      for await (const event of model.stream(request, this.#abort.signal)) {
        if (this.#abort.signal.aborted) return;
        this.#take(event);
        if (event.type === 'done') break;
      }
    } catch (error) {
      if (!this.#abort.signal.aborted) this.#fail(error);
      return;
    }
    if (this.#abort.signal.aborted) return;
    this.#over = true;
    this.#addText(this.#splitter.flush());
    if (this.#untold === null) this.#finish();
  }

  #take(event: ModelEvent): void {
    this.speech.progressMs = this.#options.nowMs();
    if (event.type === 'done') return;
    if (event.type !== 'text') {
      if (this.#untold !== null) this.#untold.push(event);
      else this.#options.listener.event(this, event);
      return;
    }
    if (this.speech.firstTextMs === null && event.delta !== '') {
      this.speech.firstTextMs = this.speech.progressMs;
      if (this.#untold === null) this.#options.listener.firstText(this, this.speech.progressMs - this.requestedMs);
    }
    this.#addText(this.#splitter.push(event.delta));
  }

  /** A guess makes the sound of its first clause only; the others wait until it is confirmed. */
  #addText(clauses: readonly string[]): void {
    const { maker } = this.#options;
    if (this.#untold === null) {
      maker.add(this.speech, clauses);
      return;
    }
    for (const clause of clauses) {
      if (this.speech.clauses.length === 0) maker.add(this.speech, [clause]);
      else this.#clauses.push(clause);
    }
  }

  #finish(): void {
    this.#options.listener.finished(this);
  }

  #fail(error: unknown): void {
    this.#over = true;
    this.#error = error ?? new Error('The model failed without a reason.');
    if (this.#untold === null) this.#options.listener.failed(this, this.#error);
  }
}
