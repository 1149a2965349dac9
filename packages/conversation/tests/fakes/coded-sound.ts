/**
 * Words as sound that can be read back: every word is a square wave with a level of its own, so that tests see what
 * really passed through rings, chunks and frames.
 */
export class CodedSound {
  readonly #firstLevel: number;
  readonly #words: string[] = [];

  /** Levels are 20 apart; they must stay loud. */
  constructor(firstLevel: number) {
    this.#firstLevel = firstLevel;
  }

  encode(word: string, samples: number): Int16Array {
    let index = this.#words.indexOf(word);
    if (index < 0) index = this.#words.push(word) - 1;
    const level = this.#firstLevel + index * 20;
    return Int16Array.from({ length: samples }, (_, i) => (i % 2 === 0 ? level : -level));
  }

  /** The word of one sample; undefined for silence and for sound of another level. */
  decode(sample: number): string | undefined {
    const step = (Math.abs(sample) - this.#firstLevel) / 20;
    return Number.isInteger(step) ? this.#words[step] : undefined;
  }
}
