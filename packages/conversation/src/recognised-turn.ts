import type { Expectation, Recogniser, RecogniserEvent, RecogniserStream, Vocabulary } from '@dialplane/speech';
import type { ModelWord } from './model.ts';
import { wordsOf } from './spoken-words.ts';

export interface RecognisedTurnListener {
  /** The words so far, of all parts. */
  partial(text: string): void;
  /** The recogniser itself thinks that the turn may be over. */
  eagerEnd(): void;
  providerEnd(): void;
  /** The last part that was ended has its final words. */
  complete(): void;
  failed(code: string, message: string): void;
}

/**
 * The words of one caller turn. A turn may be several utterances of the recogniser, since each is ended shortly before
 * the turn probably is, so that its final words cost no time; when the caller goes on, the next part is appended.
 */
export class RecognisedTurn {
  readonly #open: () => RecogniserStream;
  #stream: RecogniserStream;
  readonly #listener: RecognisedTurnListener;
  #texts: string[] = [];
  /** The final words with their confidence; undefined when the recogniser told it of none or only some. */
  #finalWords: readonly ModelWord[] | undefined = [];
  /** Confidence of the parts, each as often as it has words. */
  #weighted = 0;
  #words = 0;
  #partial = '';
  #text = '';
  /** Parts that were ended and have no final words yet. */
  #awaited = 0;
  /** Ended parts of earlier turns: their words come too late. */
  #stale = 0;
  /** The utterance has sound that no `forceEnd` covers. */
  #unended = false;
  #expect: Expectation = 'open';

  constructor(recogniser: Recogniser, vocabulary: Vocabulary, listener: RecognisedTurnListener) {
    this.#listener = listener;
    this.#open = () => {
      const stream = recogniser.open({
        sampleRate: 8000,
        vocabulary,
        // A stream that was given up may still talk.
        onEvent: (event) => {
          if (stream === this.#stream) this.#take(event);
        },
      });
      return stream;
    };
    this.#stream = this.#open();
  }

  get complete(): boolean {
    return this.#awaited === 0;
  }

  /** Final words followed by the ones that may still change. */
  get text(): string {
    return this.#text;
  }

  /** Final words each with its confidence; undefined while some may still change. */
  get words(): readonly ModelWord[] | undefined {
    return this.#partial === '' && this.complete ? this.#finalWords : undefined;
  }

  get finalText(): string {
    return this.#texts.join(' ');
  }

  /** Of the final words, 0 to 1. */
  get confidence(): number {
    return this.#words === 0 ? 0 : this.#weighted / this.#words;
  }

  /** Starts an empty turn; what the last one still waits for is ignored. */
  begin(expect: Expectation): void {
    this.#stale += this.#awaited;
    this.#awaited = 0;
    this.#texts = [];
    this.#finalWords = [];
    this.#weighted = 0;
    this.#words = 0;
    this.#setPartial('');
    if (expect === this.#expect) return;
    this.#expect = expect;
    this.#stream.configure(expect);
  }

  audio(samples: Int16Array): void {
    if (samples.length === 0) return;
    this.#unended = true;
    this.#stream.audio(samples);
  }

  /** Asks for the final words of what was heard since the last part. */
  endPart(): void {
    if (!this.#unended) return;
    this.#unended = false;
    this.#awaited++;
    this.#stream.forceEnd();
  }

  cancel(): void {
    this.begin(this.#expect);
    if (!this.#unended) return;
    this.#unended = false;
    this.#stream.cancel();
  }

  /** Gives up a stream that does not answer. */
  reopen(): void {
    this.#stream.close();
    this.#awaited = 0;
    this.#stale = 0;
    this.#unended = false;
    this.#stream = this.#open();
    this.#stream.configure(this.#expect);
  }

  close(): void {
    this.#stream.close();
  }

  #take(event: RecogniserEvent): void {
    switch (event.type) {
      case 'partial':
        if (event.text === this.#partial || this.#stale > 0) return;
        this.#setPartial(event.text);
        this.#listener.partial(this.text);
        break;
      case 'eager_end':
        this.#listener.eagerEnd();
        break;
      case 'resumed':
        return;
      case 'turn_end':
        this.#takeFinal(event);
        break;
      case 'error':
        this.#awaited = 0;
        this.#stale = 0;
        this.#unended = false;
        this.#listener.failed(event.code, event.message);
        break;
    }
  }

  #takeFinal({ text, confidence, words: told, trigger }: Extract<RecogniserEvent, { type: 'turn_end' }>): void {
    const forced = trigger === 'forced';
    if (forced && this.#stale > 0) {
      this.#stale--;
      return;
    }
    const words = wordsOf(text).length;
    if (words > 0) {
      this.#texts.push(text.trim());
      this.#finalWords =
        told.length > 0
          ? this.#finalWords?.concat(told.map(({ text: word, confidence: sure }) => ({ text: word, confidence: sure })))
          : undefined;
    }
    this.#weighted += confidence * words;
    this.#words += words;
    this.#setPartial('');
    if (!forced) {
      this.#unended = false;
      this.#listener.providerEnd();
      return;
    }
    this.#awaited = Math.max(0, this.#awaited - 1);
    if (this.#awaited === 0) this.#listener.complete();
  }

  #setPartial(partial: string): void {
    this.#partial = partial;
    this.#text = [...this.#texts, partial].filter((text) => text !== '').join(' ');
  }
}
