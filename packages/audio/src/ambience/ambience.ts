import { rmsDbfs } from '../level.ts';
import { type AmbiencePreset, ambienceLayers } from './presets.ts';

export type { AmbiencePreset } from './presets.ts';

/** Long enough that nobody notices it coming again. */
const LOOP_SECONDS = 20;

/** Level the loops are stored with; well below full scale, so that no peak is cut. */
const STORED_DBFS = -30;

/** End and beginning overlap by this much, so that there is no seam. */
const OVERLAP_MS = 200;

const loops = new Map<string, Int16Array>();

/** A preset's sound, to be repeated without end; made at first use and kept: 20 s at {@link STORED_DBFS} RMS. */
export function ambienceLoop(preset: AmbiencePreset, rateHz: number): Int16Array {
  const key = `${preset} ${rateHz}`;
  const known = loops.get(key);
  if (known) return known;
  const loop = makeLoop(preset, rateHz);
  loops.set(key, loop);
  return loop;
}

function makeLoop(preset: AmbiencePreset, rateHz: number): Int16Array {
  const overlap = (OVERLAP_MS * rateHz) / 1000;
  const length = LOOP_SECONDS * rateHz;
  const raw = new Float64Array(length + overlap);
  for (const layer of ambienceLayers[preset]) layer(raw, rateHz);
  const loop = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const share = Math.min(1, i / overlap);
    // What follows the end fades out over the beginning, at equal power.
    loop[i] = Math.sqrt(share) * (raw[i] ?? 0) + (i < overlap ? Math.sqrt(1 - share) * (raw[length + i] ?? 0) : 0);
  }
  const mean = loop.reduce((sum, value) => sum + value, 0) / length;
  const rms = Math.sqrt(loop.reduce((sum, value) => sum + (value - mean) ** 2, 0) / length);
  const gain = (32768 * 10 ** (STORED_DBFS / 20)) / rms;
  return Int16Array.from(loop, (value) => Math.round(Math.max(-32768, Math.min(32767, gain * (value - mean)))));
}

/** The background of one call: a place in a loop that goes on from frame to frame. */
export class Ambience {
  readonly #loop: Int16Array;
  readonly #gain: number;
  #at: number;

  /** @param levelDbfs RMS of the background. @param startAt 0 to 1: calls at the same time need not sound the same. */
  constructor(preset: AmbiencePreset, options: { rateHz: number; levelDbfs: number; startAt: number }) {
    this.#loop = ambienceLoop(preset, options.rateHz);
    this.#gain = 10 ** ((options.levelDbfs - rmsDbfs(this.#loop)) / 20);
    this.#at = Math.floor(options.startAt * this.#loop.length) % this.#loop.length;
  }

  /** Adds the background to `frame[0, count)`, in place. Allocates nothing. */
  mixInto(frame: Int16Array, count: number): void {
    const loop = this.#loop;
    for (let i = 0; i < count; i++) {
      const mixed = (frame[i] ?? 0) + this.#gain * (loop[this.#at] ?? 0);
      frame[i] = Math.round(Math.max(-32768, Math.min(32767, mixed)));
      this.#at = this.#at + 1 === loop.length ? 0 : this.#at + 1;
    }
  }
}
