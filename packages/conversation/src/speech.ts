import type { SpeechChunk, SpokenWord } from '@dialplane/speech';
import type { SpeechPurpose } from './events.ts';
import type { CallerWords } from './model.ts';

/** The caller's turn an answer belongs to; times on the call's clock. */
export interface AnsweredTurn extends CallerWords {
  /** The last sample of the caller's speech was heard. */
  readonly speechEndMs: number;
  /** The turn was decided to be over. */
  readonly decidedMs: number;
  /** The final words were known. */
  readonly wordsMs: number;
}

/** One clause of a speech and its sound, which may still be arriving. */
export class SpokenClause {
  readonly text: string;
  readonly chunks: Int16Array[] = [];
  readonly words: SpokenWord[] = [];
  samples = 0;
  /** All of its sound has arrived. */
  complete = false;

  constructor(text: string) {
    this.text = text;
  }

  append(chunk: SpeechChunk): void {
    if (chunk.samples.length > 0) this.chunks.push(chunk.samples);
    this.samples += chunk.samples.length;
    this.words.push(...chunk.words);
  }
}

/** Something the agent says: its clauses, how far the caller has heard it, and how much of that was recorded. */
export class Speech {
  purpose: SpeechPurpose;
  answers: AnsweredTurn | null;
  /** Words heard in an earlier process, not recorded yet. */
  heardBefore = '';
  readonly clauses: SpokenClause[] = [];
  /** Texts that are not yet with the synthesiser. */
  readonly waiting: string[] = [];
  /** No more text follows. */
  textComplete = false;
  synthesising = false;
  firstTextMs: number | null = null;
  firstSoundMs: number | null = null;
  /** First frame with sound since the last record of heard words. */
  fromMs: number | null = null;
  /** First frame with sound of all. */
  firstFrameMs: number | null = null;
  /** A part of it was recorded as heard. */
  told = false;
  /** The marks of its delay are known. */
  timed = true;
  /** Last time that text or sound arrived. */
  progressMs: number;
  readonly #abort = new AbortController();

  /** Cursor: what is given out next. */
  #clause = 0;
  #chunk = 0;
  #offset = 0;
  #position = 0;
  /** Recorded as heard up to this clause and character. */
  #toldClause = 0;
  #toldCharacters = 0;

  constructor(purpose: SpeechPurpose, answers: AnsweredTurn | null, nowMs: number) {
    this.purpose = purpose;
    this.answers = answers;
    this.progressMs = nowMs;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  cancel(): void {
    this.#abort.abort();
  }

  /** Clauses with the synthesiser or with sound that are not played to their end, the playing one included. */
  get clausesAhead(): number {
    return this.clauses.length - this.#clause;
  }

  /** Everything was given out and nothing follows. */
  get finished(): boolean {
    return this.textComplete && this.waiting.length === 0 && this.#clause === this.clauses.length;
  }

  /** Nothing to give out although more is to come. */
  get starving(): boolean {
    return !this.finished && this.clauses[this.#clause]?.chunks[this.#chunk] === undefined;
  }

  get started(): boolean {
    return this.#clause > 0 || this.#position > 0;
  }

  openClause(text: string): SpokenClause {
    const clause = new SpokenClause(text);
    this.clauses.push(clause);
    return clause;
  }

  /**
   * Copies sound into `frame` and moves on.
   * @returns samples copied; the rest of the frame is untouched.
   */
  read(frame: Int16Array): number {
    let put = 0;
    while (put < frame.length) {
      const clause = this.clauses[this.#clause];
      if (clause === undefined) break;
      const chunk = clause.chunks[this.#chunk];
      if (chunk === undefined) {
        if (!clause.complete) break;
        this.#enterClause(this.#clause + 1);
        continue;
      }
      const count = Math.min(chunk.length - this.#offset, frame.length - put);
      for (let i = 0; i < count; i++) frame[put + i] = chunk[this.#offset + i] ?? 0;
      put += count;
      this.#offset += count;
      this.#position += count;
      if (this.#offset === chunk.length) {
        this.#chunk++;
        this.#offset = 0;
      }
    }
    // The end of a clause counts at once, not only when the next frame is asked for.
    const clause = this.clauses[this.#clause];
    if (clause?.complete && this.#chunk === clause.chunks.length) this.#enterClause(this.#clause + 1);
    return put;
  }

  /** Back to the end of the last word that was heard whole, so that the cut word is said again. */
  rewindToWord(): void {
    const clause = this.clauses[this.#clause];
    if (clause === undefined) return;
    let target = 0;
    for (const word of clause.words) if (word.endSample <= this.#position) target = word.endSample;
    this.#position = target;
    this.#chunk = 0;
    this.#offset = target;
    for (let chunk = clause.chunks[0]; chunk && this.#offset >= chunk.length; chunk = clause.chunks[this.#chunk]) {
      this.#offset -= chunk.length;
      this.#chunk++;
    }
  }

  /** Words heard since the last call, cut at the word. */
  takeHeard(): string {
    const text = this.heardUntold();
    this.heardBefore = '';
    this.#toldClause = this.#clause;
    this.#toldCharacters = this.#heardCharacters();
    return text;
  }

  /** Words heard but not yet taken. */
  heardUntold(): string {
    const parts = this.heardBefore === '' ? [] : [this.heardBefore];
    for (let index = this.#toldClause; index <= this.#clause; index++) {
      const clause = this.clauses[index];
      if (clause === undefined) break;
      const from = index === this.#toldClause ? this.#toldCharacters : 0;
      const to = index === this.#clause ? this.#heardCharacters() : clause.text.length;
      const part = clause.text.slice(from, to).trim();
      if (part !== '') parts.push(part);
    }
    return parts.join(' ');
  }

  /** The known text that was not heard yet. */
  unheard(): string {
    const current = this.clauses[this.#clause]?.text.slice(this.#heardCharacters()).trim() ?? '';
    const later = this.clauses.slice(this.#clause + 1).map((clause) => clause.text);
    return [current, ...later, ...this.waiting].filter((part) => part !== '').join(' ');
  }

  #enterClause(index: number): void {
    this.#clause = index;
    this.#chunk = 0;
    this.#offset = 0;
    this.#position = 0;
  }

  /** Characters of the current clause whose words were heard to their end. */
  #heardCharacters(): number {
    const clause = this.clauses[this.#clause];
    if (clause === undefined) return 0;
    let characters = 0;
    let heard = 0;
    for (const word of clause.words) {
      if (word.endSample > this.#position) continue;
      heard++;
      if (word.to > characters) characters = word.to;
    }
    // Punctuation after the last word has no sound of its own.
    const all = clause.complete && heard > 0 && heard === clause.words.length;
    return all ? clause.text.length : characters;
  }
}
