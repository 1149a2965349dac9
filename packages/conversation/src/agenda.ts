import type { PlannedSentence } from './conversation-snapshot.ts';
import type { SpeechPurpose } from './events.ts';

/** Sentences that make sense only right away. */
const perishable: readonly SpeechPurpose[] = ['apology', 'ask_again', 'silence_prompt'];

/** Sentences that wait for a free floor, in order. */
export class Agenda {
  #sentences: readonly PlannedSentence[] = [];

  get sentences(): readonly PlannedSentence[] {
    return this.#sentences;
  }

  add(sentence: PlannedSentence): void {
    this.#sentences = [...this.#sentences, sentence];
  }

  addFirst(sentence: PlannedSentence): void {
    this.#sentences = [sentence, ...this.#sentences];
  }

  remove(texts: readonly string[]): void {
    this.#sentences = this.#sentences.filter(({ text }) => !texts.includes(text));
  }

  /** The caller has said something new. */
  removePerishable(): void {
    this.#sentences = this.#sentences.filter(({ purpose }) => !perishable.includes(purpose));
  }

  replace(sentences: readonly PlannedSentence[]): void {
    this.#sentences = sentences;
  }

  takeNext(): PlannedSentence | undefined {
    const next = this.#sentences[0];
    if (next) this.#sentences = this.#sentences.slice(1);
    return next;
  }
}
