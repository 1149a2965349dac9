import type { NoiseSuppression, NoiseSuppressor } from './noise-suppressor.ts';
import { SnrEstimate, type SpeechLabels } from './snr-estimate.ts';
import {
  type SuppressionEffect,
  type SuppressionEvent,
  type SuppressionState,
  suppressionTable,
} from './suppression-table.ts';

export type SuppressionMode = 'off' | 'auto' | 'on';

/** Below this suppression helps a recogniser, above it takes more of the voice than of the noise (measured with ours). */
const SWITCH_IN_BELOW_DB = 15;
/** 5 dB more: a voice that gets a little louder must not switch back and forth. */
const SWITCH_OUT_ABOVE_DB = 20;
/** The network's memory settles within half a second of noise. */
const WARM_FRAMES = 25;

export interface SwitchedSuppressorOptions {
  readonly mode: SuppressionMode;
  readonly sampleRate: 8000 | 16000;
  readonly suppression: NoiseSuppression;
  /** Told when suppression switches; `snrDb` as measured then. */
  onSwitch?(engaged: boolean, snrDb: number | undefined): void;
}

/** One call's noise suppression, which switches itself in where the line is noisy. */
export class SwitchedSuppressor {
  readonly #options: SwitchedSuppressorOptions;
  readonly #snr = new SnrEstimate();
  readonly #quietened: Int16Array;
  #suppressor: NoiseSuppressor | undefined;
  #state: SuppressionState = 'out';
  #warmFrames = 0;
  /** What the frame of this moment is mixed with; a switch takes one frame. */
  #fade: 'in' | 'out' | undefined;

  constructor(options: SwitchedSuppressorOptions) {
    this.#options = options;
    this.#quietened = new Int16Array(options.sampleRate / 50);
    if (options.mode !== 'on') return;
    this.#begin();
    this.#state = 'in';
  }

  /** The sound that comes out has less noise. */
  get engaged(): boolean {
    return this.#state === 'in';
  }

  /** As measured on the line, before suppression; undefined while unknown, and in the modes that do not ask. */
  get snrDb(): number | undefined {
    return this.#snr.snrDb;
  }

  /**
   * Takes 20 ms from the line. @param labels what the speech detector said after the frame before.
   * @returns the 20 ms to be heard: `frame` itself, or a buffer that is valid until the next call.
   */
  process(frame: Int16Array, labels: SpeechLabels): Int16Array {
    if (this.#options.mode === 'off') return frame;
    if (this.#options.mode === 'auto') this.#watch(frame, labels);
    const suppressor = this.#suppressor;
    if (suppressor === undefined) return frame;
    suppressor.process(frame, this.#quietened);
    this.#warmFrames += 1;
    if (this.#fade) this.#mix(frame, this.#fade);
    else if (this.#state !== 'in') return frame;
    if (this.#fade === 'out') this.#end();
    this.#fade = undefined;
    return this.#quietened;
  }

  /** Gives the call's memory back. */
  close(): void {
    this.#end();
  }

  #watch(frame: Int16Array, labels: SpeechLabels): void {
    this.#snr.hear(frame, labels);
    const event = this.#snr.pause ? this.#event() : undefined;
    const transition = event && suppressionTable[this.#state][event];
    if (!transition) return;
    this.#state = transition.to;
    for (const effect of transition.effects) this.#run(effect);
  }

  #event(): SuppressionEvent | undefined {
    const snrDb = this.#snr.snrDb;
    if (snrDb === undefined) return undefined;
    if (snrDb > SWITCH_OUT_ABOVE_DB) return 'clear';
    if (this.#state === 'warming' && this.#warmFrames >= WARM_FRAMES) return 'warm';
    return snrDb < SWITCH_IN_BELOW_DB ? 'noisy' : undefined;
  }

  #run(effect: SuppressionEffect): void {
    switch (effect) {
      case 'begin':
        this.#begin();
        break;
      case 'fade_in':
        this.#fade = 'in';
        this.#options.onSwitch?.(true, this.#snr.snrDb);
        break;
      case 'fade_out':
        this.#fade = 'out';
        this.#options.onSwitch?.(false, this.#snr.snrDb);
        break;
      case 'end':
        // While it fades out it is still needed, until the end of the frame.
        if (this.#fade !== 'out') this.#end();
        break;
    }
  }

  #begin(): void {
    this.#suppressor = this.#options.suppression.create(this.#options.sampleRate);
    this.#warmFrames = 0;
  }

  #end(): void {
    this.#suppressor?.close();
    this.#suppressor = undefined;
  }

  /** Both hold the same room a few ms apart, so that their sum has no step. */
  #mix(frame: Int16Array, direction: 'in' | 'out'): void {
    const length = frame.length;
    for (let i = 0; i < length; i++) {
      const share = direction === 'in' ? i / length : 1 - i / length;
      this.#quietened[i] = (this.#quietened[i] ?? 0) * share + (frame[i] ?? 0) * (1 - share);
    }
  }
}
