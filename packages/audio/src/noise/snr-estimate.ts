/** How far a caller's voice stands out from the noise around them, measured with a speech detector's help. */

import { powerToDbfs } from '../level.ts';

/** What a speech detector says about the moment; `SpeechDetector` fits. */
export interface SpeechLabels {
  readonly speaking: boolean;
  readonly silenceMs: number;
}

/** Speech fades into the room for this long; what is heard later is the room alone. */
const PAUSE_MS = 300;
/** Frames within this of the last sound of speech are speech; the detector's hang-over is longer. */
const SPEECH_MS = 60;
/** A detector notices speech up to 200 ms late: noise is learnt from frames so old, when no speech was beginning in them. */
const DOUBTFUL_FRAMES = 10;
/** Half a second of either before it is believed. */
const ENOUGH_FRAMES = 25;
/** Means over the last second or so: noise comes and goes, a slammed door should not count. */
const MEMORY_FRAMES = 50;
/** The nominal level of speech in telephone networks (ITU-T P.830, 26 dB below overload), until the caller has spoken. */
const NOMINAL_SPEECH_DBFS = -26;
/** Frames less than 3 dB over the noise hold hardly any speech. */
const SPEECH_OVER_NOISE = 2;
/** G.711's smallest step: quieter noise cannot be told from none. */
const LOWEST_NOISE_POWER = 8 * 8;

export class SnrEstimate {
  readonly #noise = new RunningMean();
  readonly #speech = new RunningMean();
  /** Powers of the latest frames of a pause, in a ring. */
  readonly #doubtful = new Float64Array(DOUBTFUL_FRAMES);
  #doubtfulFrames = 0;

  /** The last frame lay in a pause of the caller. */
  pause = false;

  /** Speech to noise, dB; undefined while too little of the noise was heard. */
  get snrDb(): number | undefined {
    if (this.#noise.frames < ENOUGH_FRAMES) return undefined;
    const noise = Math.max(LOWEST_NOISE_POWER, this.#noise.value);
    if (this.#speech.frames < ENOUGH_FRAMES) return NOMINAL_SPEECH_DBFS - powerToDbfs(noise);
    // Speech was measured with the noise in it.
    return 10 * Math.log10(Math.max(noise / 100, this.#speech.value - noise) / noise);
  }

  /** Takes 20 ms as they came from the line, with what the detector says after them. */
  hear(frame: Int16Array, { speaking, silenceMs }: SpeechLabels): void {
    let sum = 0;
    for (const sample of frame) sum += sample * sample;
    const power = sum / frame.length;
    this.pause = !speaking && silenceMs >= PAUSE_MS;
    // Digital silence is no sound of the room: a packet is missing, or the sender sends none in pauses.
    if (power === 0) return;
    if (this.pause) this.#learnNoise(power);
    else this.#doubtfulFrames = 0;
    if (speaking && silenceMs < SPEECH_MS && power >= SPEECH_OVER_NOISE * this.#noise.value) this.#speech.add(power);
  }

  #learnNoise(power: number): void {
    const at = this.#doubtfulFrames % DOUBTFUL_FRAMES;
    if (this.#doubtfulFrames >= DOUBTFUL_FRAMES) this.#noise.add(this.#doubtful[at] ?? 0);
    this.#doubtful[at] = power;
    this.#doubtfulFrames += 1;
  }
}

class RunningMean {
  value = 0;
  frames = 0;

  add(value: number): void {
    this.frames += 1;
    this.value += (value - this.value) / Math.min(this.frames, MEMORY_FRAMES);
  }
}
