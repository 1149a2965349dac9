import type { CallerSound } from './caller-sound.ts';
import type { RecognisedTurn } from './recognised-turn.ts';

/** Words begin before a detector is sure; the field keeps 300 ms. */
const PREROLL_MS = 300;
/** The recogniser's pace: fewer hand-overs than frames, and partial words still come soon. */
const CHUNK_MS = 100;

/** Gives the recogniser the caller's sound, part by part, each sample once. */
export class PartFeed {
  readonly #sound: CallerSound;
  readonly #words: RecognisedTurn | undefined;
  /** Given up to this sample. */
  #fed = 0;
  #start = 0;
  #ended = true;

  constructor(sound: CallerSound, words: RecognisedTurn | undefined) {
    this.#sound = sound;
    this.#words = words;
  }

  /** The part has its end; sound until the next one is nobody's. */
  get ended(): boolean {
    return this.#ended;
  }

  get lengthMs(): number {
    return this.#sound.durationMs(this.#start, this.#sound.samples);
  }

  /** A part of speech that began at `burst`. */
  beginAt(burst: number): void {
    this.#begin(this.#sound.earlier(burst, PREROLL_MS));
  }

  /** A part in the middle of the sound. */
  beginNow(): void {
    this.#begin(this.#sound.samples);
  }

  /** Hands over what has come together, in pieces of 100 ms. */
  feed(): void {
    if (!this.#ended) this.#give(CHUNK_MS);
  }

  /** Asks for the final words. */
  end(): void {
    if (!this.#ended) this.#give(0);
    this.#ended = true;
    this.#words?.endPart();
  }

  /** The recogniser has ended it. */
  endedByProvider(): void {
    this.#ended = true;
  }

  #begin(from: number): void {
    this.#fed = Math.max(this.#fed, from);
    this.#start = this.#sound.samples;
    this.#ended = false;
  }

  #give(atLeastMs: number): void {
    if (this.#words === undefined || this.#sound.durationMs(this.#fed, this.#sound.samples) < atLeastMs) return;
    this.#words.audio(this.#sound.copyFrom(this.#fed));
    this.#fed = this.#sound.samples;
  }
}
