import type { Speech } from './speech.ts';

/** 12 dB down: clearly lower, still understandable (contract: interruption has three steps). */
const DUCKED_GAIN = 10 ** (-12 / 20);
/** 10 ms, no click: the duck is due 120 ms after the onset, and the detector takes 100 of them. */
const DUCK_RAMP_SAMPLES = 80;
/** One frame: a cut without a click, and no agent speech on the wire after it. */
const PAUSE_RAMP_SAMPLES = 160;
const RESUME_RAMP_SAMPLES = 160;
/** About -50 dBFS: below it a frame of speech is the quiet before the first word. */
const AUDIBLE_SAMPLE = 100;

/** Gives out the current speech frame by frame; nothing is queued behind it. */
export class Player {
  speech: Speech | null = null;
  /** The last filled frame held sound that can be heard. */
  audible = false;
  #held = false;
  #gain = 1;
  #target = 1;
  #step = 0;

  get held(): boolean {
    return this.#held;
  }

  play(speech: Speech): void {
    this.speech = speech;
    this.#held = false;
    this.#gain = 1;
    this.#target = 1;
  }

  stop(): void {
    this.speech = null;
    this.#held = false;
  }

  duck(): void {
    this.#ramp(DUCKED_GAIN, DUCK_RAMP_SAMPLES);
  }

  /** Fades out within a frame and stays where it is; silent at once when nothing was heard yet. */
  hold(): void {
    if (this.#held) return;
    this.#held = true;
    if (this.speech?.started) this.#ramp(0, PAUSE_RAMP_SAMPLES);
    else this.#gain = this.#target = 0;
  }

  /** Full voice again; after a hold from the beginning of the word that was cut. */
  free(): void {
    if (this.#held) {
      this.#held = false;
      if (this.speech?.started) this.speech.rewindToWord();
      else this.#gain = 1;
    }
    this.#ramp(1, RESUME_RAMP_SAMPLES);
  }

  /** @returns true when the frame holds agent speech. */
  fill(frame: Int16Array): boolean {
    const silenced = this.#held && this.#gain === 0;
    const put = this.speech === null || silenced ? 0 : this.speech.read(frame);
    this.audible = false;
    for (let i = 0; i < put; i++) {
      if (this.#gain !== this.#target) this.#moveGain();
      const sample = (frame[i] ?? 0) * this.#gain;
      frame[i] = sample;
      if (sample > AUDIBLE_SAMPLE || sample < -AUDIBLE_SAMPLE) this.audible = true;
    }
    if (put < frame.length) frame.fill(0, put);
    // A fade must also end when the speech has nothing to give.
    if (put === 0) this.#gain = this.#target;
    return put > 0;
  }

  #ramp(target: number, samples: number): void {
    this.#target = target;
    // A little steeper, so that rounding cannot leave the ramp unfinished at the last sample.
    this.#step = Math.abs(target - this.#gain) / (samples - 1);
  }

  #moveGain(): void {
    if (this.#gain < this.#target) this.#gain = Math.min(this.#target, this.#gain + this.#step);
    else this.#gain = Math.max(this.#target, this.#gain - this.#step);
  }
}
