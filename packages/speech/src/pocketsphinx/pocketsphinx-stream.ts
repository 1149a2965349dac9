/** One call's stream into the embedded recogniser. */
import type { Expectation, RecogniserOptions, RecogniserStream } from '../recogniser.ts';
import { ACCEPT_ABOVE } from './hypothesis.ts';
import type { LanguageFiles } from './language-builder.ts';
import type { RecogniserHost, UtteranceListener } from './recogniser-host.ts';
import { createUtteranceAudio, type UtteranceAudio } from './utterance-audio.ts';

export interface StreamContext {
  /** Built when the stream was opened, unless it was prepared before. */
  readonly language: Promise<LanguageFiles>;
  /** The process with the least to do. */
  readonly host: () => RecogniserHost;
  readonly nextUtterance: () => number;
}

/** Up to `forceEnd` or `cancel`. Orders wait in `waiting` while the language is built. */
interface Utterance {
  readonly id: number;
  readonly audio: UtteranceAudio;
  host: RecogniserHost | null;
  waiting: ((host: RecogniserHost) => void)[];
  cancelled: boolean;
}

export function openPocketSphinxStream(options: RecogniserOptions, context: StreamContext): RecogniserStream {
  return new PocketSphinxStream(options, context);
}

class PocketSphinxStream implements RecogniserStream {
  readonly #options: RecogniserOptions;
  readonly #context: StreamContext;
  #expect: Expectation = 'open';
  #mean: readonly number[] | null = null;
  #utterance: Utterance | null = null;
  /** Ended utterances that still owe their `turn_end`. */
  readonly #owing = new Set<Utterance>();
  #closed = false;

  constructor(options: RecogniserOptions, context: StreamContext) {
    this.#options = options;
    this.#context = context;
  }

  audio(samples: Int16Array): void {
    if (this.#closed || samples.length === 0) return;
    this.#utterance ??= this.#begin();
    const utterance = this.#utterance;
    const piece = utterance.audio.add(samples);
    if (piece !== null) this.#order(utterance, (host) => host.audio(utterance.id, piece));
  }

  forceEnd(): void {
    if (this.#closed) return;
    const utterance = this.#utterance;
    if (utterance === null) {
      // Nothing was said, and the answer must not come before this call returns.
      queueMicrotask(() => this.#emitTurnEnd('', 0, []));
      return;
    }
    this.#utterance = null;
    this.#owing.add(utterance);
    const rest = utterance.audio.rest();
    this.#order(utterance, (host) => {
      if (rest !== null) host.audio(utterance.id, rest);
      host.end(utterance.id);
    });
  }

  cancel(): void {
    const utterance = this.#utterance;
    this.#utterance = null;
    if (utterance !== null) this.#forget(utterance);
  }

  /** Counts from the next utterance on. */
  configure(expect: Expectation): void {
    this.#expect = expect;
  }

  close(): void {
    this.cancel();
    this.#closed = true;
    for (const utterance of this.#owing) this.#forget(utterance);
    this.#owing.clear();
  }

  #begin(): Utterance {
    const utterance: Utterance = {
      id: this.#context.nextUtterance(),
      audio: createUtteranceAudio(this.#options.sampleRate),
      host: null,
      waiting: [],
      cancelled: false,
    };
    const start = { sampleRate: this.#options.sampleRate, expect: this.#expect, mean: this.#mean };
    this.#context.language.then(
      (language) => {
        if (utterance.cancelled) return;
        const host = this.#context.host();
        utterance.host = host;
        host.start(
          { type: 'start', utterance: utterance.id, start: { ...start, languageId: language.id } },
          language,
          this.#listener(utterance),
        );
        for (const order of utterance.waiting.splice(0)) order(host);
      },
      (error: unknown) => this.#fail(utterance, error instanceof Error ? error.message : String(error)),
    );
    return utterance;
  }

  #order(utterance: Utterance, order: (host: RecogniserHost) => void): void {
    if (utterance.host === null) utterance.waiting.push(order);
    else order(utterance.host);
  }

  #forget(utterance: Utterance): void {
    utterance.cancelled = true;
    utterance.waiting = [];
    utterance.host?.cancel(utterance.id);
  }

  #listener(utterance: Utterance): UtteranceListener {
    let revision = 0;
    return {
      report: (report) => {
        if (utterance.cancelled) return;
        switch (report.type) {
          case 'partial':
            revision += 1;
            this.#options.onEvent({ type: 'partial', text: report.text, revision });
            return;
          case 'final':
            this.#owing.delete(utterance);
            // Noise says nothing about the caller's voice.
            if (report.confidence > ACCEPT_ABOVE / 2) this.#mean = report.mean;
            this.#emitTurnEnd(report.text, report.confidence, report.words);
            return;
          case 'failed':
            this.#fail(utterance, report.message);
        }
      },
      lost: () =>
        this.#fail(utterance, 'The recogniser stopped while the caller spoke; the next utterance works again.'),
    };
  }

  #fail(utterance: Utterance, message: string): void {
    if (utterance.cancelled) return;
    utterance.cancelled = true;
    this.#owing.delete(utterance);
    if (this.#utterance === utterance) this.#utterance = null;
    this.#options.onEvent({ type: 'error', code: 'recogniser_failed', message });
  }

  #emitTurnEnd(
    text: string,
    confidence: number,
    words: Extract<Parameters<RecogniserOptions['onEvent']>[0], { type: 'turn_end' }>['words'],
  ): void {
    if (!this.#closed) this.#options.onEvent({ type: 'turn_end', text, confidence, words, trigger: 'forced' });
  }
}
