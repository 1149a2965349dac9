import type { CallerSound } from './caller-sound.ts';

const FRAME_MS = 20;

/** Where the speech of one caller turn lies, and how much of it is speech. Positions are samples since the first frame. */
export class SpeechExtent {
  readonly #sound: CallerSound;
  #onset = 0;
  #end = 0;
  #spokenMs = 0;
  #unbrokenMs = 0;
  #stretchStart = 0;

  constructor(sound: CallerSound) {
    this.#sound = sound;
  }

  /** Time with speech in it. */
  get spokenMs(): number {
    return this.#spokenMs;
  }

  /** Longest stretch without a pause, as of the last `endStretch`. */
  get unbrokenMs(): number {
    return this.#unbrokenMs;
  }

  get sinceOnsetMs(): number {
    return this.#sound.durationMs(this.#onset, this.#sound.samples);
  }

  get fromMs(): number {
    return this.#sound.heardAtMs(this.#onset + 1);
  }

  /** When the last sample of speech was heard. */
  get endMs(): number {
    return this.#sound.heardAtMs(this.#end);
  }

  begin(onset: number): void {
    this.#onset = onset;
    this.#stretchStart = onset;
    this.#end = this.#sound.samples;
    this.#spokenMs = this.sinceOnsetMs;
    this.#unbrokenMs = 0;
  }

  /** One more frame of speech. */
  grow(): void {
    this.#spokenMs += FRAME_MS;
    this.#end = this.#sound.samples;
  }

  /** The speech seems to be over; detectors notice that a moment after the last word. */
  fallSilent(lastSpeechSample: number, silenceMs: number): void {
    this.#spokenMs = Math.max(0, this.#spokenMs - silenceMs);
    this.#end = lastSpeechSample;
  }

  /** Speech again since `burst`. */
  goOn(burst: number, afterPause: boolean): void {
    this.#spokenMs += this.#sound.durationMs(burst, this.#sound.samples);
    if (afterPause) this.#stretchStart = burst;
  }

  endStretch(): void {
    this.#unbrokenMs = Math.max(this.#unbrokenMs, this.#sound.durationMs(this.#stretchStart, this.#end));
  }
}
