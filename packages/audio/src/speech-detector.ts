/** Says from 20 ms frames whether the caller speaks, and to a few milliseconds when they began and stopped. */

import { AudioError } from './audio-error.ts';
import { SILERO_WINDOW_SAMPLES, type SileroRuntime, type SileroVad } from './silero/silero.ts';
import { BLOCK_SAMPLES, SpeechEnergy } from './speech-energy.ts';

const SAMPLES_PER_MS = 8;
const BLOCKS_PER_WINDOW = SILERO_WINDOW_SAMPLES / BLOCK_SAMPLES;

/** The network's own decision border. */
const ONSET_PROBABILITY = 0.5;
/** Hysteresis as the network's makers use it (their border less 0.15): quiet syllables dip under 0.5. */
const OFFSET_PROBABILITY = 0.35;
/**
 * Two windows in a row, 64 ms: shorter sounds are clicks and breath. One of them may only reach the offset border; that
 * notices a speech 10 to 30 ms sooner than twice the onset border, and no noise that was tried gets further.
 */
const ONSET_WINDOWS = 2;
/**
 * Three windows in a row below the offset border, 96 ms: unlucky soft beginnings ("can I") fall under it for two. Longer
 * closures inside words are bridged by the network's own memory.
 */
const OFFSET_WINDOWS = 3;

/** How far before the first speech window its first sound may lie: the network is slow to believe soft beginnings. */
const LOOK_BACK_BLOCKS = 50;
/** The closure after a plosive that begins a word ("k", "t") is no longer than this (32 ms). */
const ONSET_GAP_BLOCKS = 8;

/** The noise is learnt from windows this old, when it is sure that no speech was just beginning in them. */
const NOISE_DELAY_WINDOWS = 6;

/** Windows below this are silence beyond doubt. */
const SURE_SILENCE_PROBABILITY = 0.15;
/**
 * 3 s of sure silence: forgetting it then makes speech in noise be noticed sooner (at 8 dB, 90 % within 170 instead of
 * 350 ms). Forgetting every second does no better in noise and costs 15 ms on a clean line.
 */
const RESET_AFTER_WINDOWS = 94;

/**
 * One call's detector. Positions count samples at 8 kHz since the first frame. Read the fields after each `hear`; the
 * turn ends by `silenceMs`, which knows the end of the words better than `speaking` does.
 */
export class SpeechDetector {
  readonly #vad: SileroVad;
  readonly #energy = new SpeechEnergy();
  readonly #window = new Int16Array(SILERO_WINDOW_SAMPLES);
  #position = 0;
  #windows = 0;
  #probability = 0;
  #speaking = false;
  #onsetSample = 0;
  #lastSpeechSample = 0;
  /** Windows in a row, up to now, at or over the offset border, and the highest probability in them. */
  #highWindows = 0;
  #highest = 0;
  /** Windows in a row below the offset border, and silent beyond doubt. */
  #lowWindows = 0;
  #sureSilentWindows = 0;

  constructor(runtime: SileroRuntime) {
    this.#vad = runtime.createVad();
  }

  /** Samples heard so far. */
  get position(): number {
    return this.#position;
  }

  /** Speech is going on: true from about 100 ms after its first sound to 100 to 270 ms after its last. */
  get speaking(): boolean {
    return this.#speaking;
  }

  /** The network's latest answer, 0 to 1; a new one every 32 ms. */
  get probability(): number {
    return this.#probability;
  }

  /** Where the current or latest speech began; 0 before any. */
  get onsetSample(): number {
    return this.#onsetSample;
  }

  get onsetAgoMs(): number {
    return (this.#position - this.#onsetSample) / SAMPLES_PER_MS;
  }

  /** The end of the last sound of the current or latest speech; 0 before any. Lags by one window while speech goes on. */
  get lastSpeechSample(): number {
    return this.#lastSpeechSample;
  }

  /** Since the last sound of speech, or since the start where none was heard. */
  get silenceMs(): number {
    return (this.#position - this.#lastSpeechSample) / SAMPLES_PER_MS;
  }

  /** First to last sound of the current speech; 0 while nobody speaks. */
  get speechRunMs(): number {
    return this.#speaking ? (this.#lastSpeechSample - this.#onsetSample) / SAMPLES_PER_MS : 0;
  }

  /** Level of the current or latest speech without its pauses. */
  get levelDbfs(): number {
    return this.#energy.speechDbfs;
  }

  get noiseFloorDbfs(): number {
    return this.#energy.noiseFloorDbfs;
  }

  /** Takes the next 20 ms (160 samples) at 8 kHz; allocates nothing. Throws AudioError `frame_length`, `audio_closed`. */
  hear(frame: Int16Array): void {
    if (frame.length % BLOCK_SAMPLES !== 0)
      throw new AudioError(
        'frame_length',
        'ours',
        `The speech detector takes frames of 160 samples (any multiple of ${BLOCK_SAMPLES}), not ${frame.length}.`,
      );
    for (let from = 0; from < frame.length; from += BLOCK_SAMPLES) {
      const at = this.#position % SILERO_WINDOW_SAMPLES;
      for (let i = 0; i < BLOCK_SAMPLES; i++) this.#window[at + i] = frame[from + i] ?? 0;
      this.#energy.hear(frame, from);
      this.#position += BLOCK_SAMPLES;
      if (at + BLOCK_SAMPLES === SILERO_WINDOW_SAMPLES) this.#hearWindow();
    }
  }

  /** Gives the detector's share of the runtime back. */
  close(): void {
    this.#vad.close();
  }

  #hearWindow(): void {
    this.#probability = this.#vad.probability(this.#window);
    this.#windows += 1;
    const isHigh = this.#probability >= OFFSET_PROBABILITY;
    this.#highWindows = isHigh ? this.#highWindows + 1 : 0;
    this.#highest = isHigh ? Math.max(this.#highest, this.#probability) : 0;
    this.#lowWindows = isHigh ? 0 : this.#lowWindows + 1;
    this.#sureSilentWindows = this.#probability < SURE_SILENCE_PROBABILITY ? this.#sureSilentWindows + 1 : 0;
    if (this.#speaking) this.#followSpeech();
    else if (this.#highWindows >= ONSET_WINDOWS && this.#highest >= ONSET_PROBABILITY) this.#beginSpeech();
    else this.#followSilence();
  }

  #beginSpeech(): void {
    const to = this.#windows * BLOCKS_PER_WINDOW;
    const from = to - ONSET_WINDOWS * BLOCKS_PER_WINDOW;
    this.#energy.beginSpeech();
    this.#energy.learnSpeech(from, to);
    const last = this.#energy.lastActive(from, to);
    // The network believes in speech but nothing stands out from the line's noise: it is the noise it takes for speech.
    if (last === -1) return;
    // Not into the speech before: what ended there cannot begin again here.
    const earliest = Math.max(from - LOOK_BACK_BLOCKS, this.#lastSpeechSample / BLOCK_SAMPLES);
    this.#speaking = true;
    this.#onsetSample = this.#energy.beginOfRun(last, ONSET_GAP_BLOCKS, earliest) * BLOCK_SAMPLES;
    this.#lastSpeechSample = (last + 1) * BLOCK_SAMPLES;
  }

  #followSpeech(): void {
    const to = this.#windows * BLOCKS_PER_WINDOW;
    const from = to - BLOCKS_PER_WINDOW;
    if (this.#probability >= ONSET_PROBABILITY) this.#energy.learnSpeech(from, to);
    if (this.#lowWindows === 0) {
      const last = this.#energy.lastActive(from, to);
      if (last !== -1) this.#lastSpeechSample = (last + 1) * BLOCK_SAMPLES;
    }
    if (this.#lowWindows >= OFFSET_WINDOWS) this.#speaking = false;
  }

  #followSilence(): void {
    if (this.#lowWindows > NOISE_DELAY_WINDOWS) {
      const to = (this.#windows - NOISE_DELAY_WINDOWS) * BLOCKS_PER_WINDOW;
      this.#energy.learnNoise(to - BLOCKS_PER_WINDOW, to);
    }
    if (this.#sureSilentWindows < RESET_AFTER_WINDOWS) return;
    this.#vad.reset();
    this.#sureSilentWindows = 0;
  }
}
