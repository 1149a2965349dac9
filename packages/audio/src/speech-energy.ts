/**
 * Short-time energy beside a speech detector: which 4 ms blocks stand out from the line's noise and belong to the
 * speaker. A network that looks at 32 ms windows and remembers the past says that somebody speaks; only the energy says
 * when exactly they began and stopped.
 */

import { powerToDbfs } from './level.ts';

/** 4 ms at 8 kHz: whole blocks fill both a 20 ms frame (5) and a window of the network (8). */
export const BLOCK_SAMPLES = 32;

/**
 * A first-order high pass at 250 Hz, just under the telephone band: mains hum and rumble would hide soft consonants.
 * exp(-2 pi 250 / 8000)
 */
const HIGH_PASS = 0.822;

/** Blocks kept to look back on: 512 ms, a power of two so that an index wraps by a mask. */
const KEPT_BLOCKS = 128;

/** A block of steady noise, averaged with the one before it, stays within this of the mean almost always. */
const ABOVE_NOISE_DB = 6;
/** The weakest consonants of a word (s, f, t on a telephone line) lie about this far under its vowels. */
const BELOW_SPEECH_DB = 32;
/** Where noise is as loud as speech, at least the vowels must still stand out. */
const NOISE_BELOW_SPEECH_DB = 6;

/** What the floor is taken for before anything was heard: a quiet line. */
const FIRST_FLOOR_DBFS = -60;
/** G.711 itself is no quieter while anything sounds: its smallest step is 8 of 32768, -72 dBFS. */
const LOWEST_FLOOR_DBFS = -72;
/** Of a block's distance to the floor: a rise takes 256 ms to be followed, so that a slammed door does not count. */
const FLOOR_RISE = 1 / 64;
const FLOOR_FALL = 1 / 16;
/** The speech level is the mean of this many active blocks (512 ms of sound) once there are as many. */
const LEVEL_BLOCKS = 128;

/** Blocks are numbered from the first one heard. Nothing here allocates after construction. */
export class SpeechEnergy {
  readonly #powers = new Float64Array(KEPT_BLOCKS);
  #blocks = 0;
  /** The last sample before and after the high pass. */
  #input = 0;
  #output = 0;
  #floorDbfs = FIRST_FLOOR_DBFS;
  #speechPower = 0;
  #speechBlocks = 0;

  get noiseFloorDbfs(): number {
    return this.#floorDbfs;
  }

  /** Of the current or latest speech, its pauses left out. */
  get speechDbfs(): number {
    return powerToDbfs(this.#speechPower);
  }

  /** Takes the block `samples[from, from + BLOCK_SAMPLES)`. */
  hear(samples: Int16Array, from: number): void {
    let input = this.#input;
    let output = this.#output;
    let sum = 0;
    for (let i = from; i < from + BLOCK_SAMPLES; i++) {
      const sample = samples[i] ?? 0;
      output = HIGH_PASS * (output + sample - input);
      input = sample;
      sum += output * output;
    }
    this.#input = input;
    this.#output = output;
    this.#powers[this.#blocks & (KEPT_BLOCKS - 1)] = sum / BLOCK_SAMPLES;
    this.#blocks += 1;
  }

  /** Learns the noise of the line from blocks without speech. */
  learnNoise(from: number, to: number): void {
    for (let block = from; block < to; block++) {
      const distance = powerToDbfs(this.#power(block)) - this.#floorDbfs;
      this.#floorDbfs += distance * (distance > 0 ? FLOOR_RISE : FLOOR_FALL);
    }
    this.#floorDbfs = Math.max(LOWEST_FLOOR_DBFS, this.#floorDbfs);
  }

  /** Another speech begins, perhaps of another person: its level is not known yet. */
  beginSpeech(): void {
    this.#speechPower = 0;
    this.#speechBlocks = 0;
  }

  /** Learns the level of the speech from its active blocks. */
  learnSpeech(from: number, to: number): void {
    const threshold = this.#threshold();
    for (let block = from; block < to; block++) {
      const power = this.#power(block);
      if (power < threshold) continue;
      this.#speechBlocks = Math.min(LEVEL_BLOCKS, this.#speechBlocks + 1);
      this.#speechPower += (power - this.#speechPower) / this.#speechBlocks;
    }
  }

  /** The last active block of `[from, to)`, or -1. */
  lastActive(from: number, to: number): number {
    const threshold = this.#threshold();
    for (let block = to - 1; block >= from; block--) if (this.#power(block) >= threshold) return block;
    return -1;
  }

  /** Walks back from `block`, over gaps up to `gap` blocks but not before `earliest`, to where the sound began. */
  beginOfRun(block: number, gap: number, earliest: number): number {
    const threshold = this.#threshold();
    let begin = block;
    for (let at = block - 1; at >= earliest && begin - at <= gap + 1; at--)
      if (this.#power(at) >= threshold) begin = at;
    return begin;
  }

  /** Averaged with the block before, since 4 ms are shorter than a pitch period. */
  #power(block: number): number {
    const here = this.#powers[block & (KEPT_BLOCKS - 1)] ?? 0;
    const before = this.#powers[(block - 1) & (KEPT_BLOCKS - 1)] ?? 0;
    return (here + before) / 2;
  }

  /** Power from which a block counts as speech. */
  #threshold(): number {
    const overNoise = dbfsToPower(this.#floorDbfs + ABOVE_NOISE_DB);
    if (this.#speechBlocks === 0) return overNoise;
    const weakest = this.#speechPower * 10 ** (-BELOW_SPEECH_DB / 10);
    const loudest = this.#speechPower * 10 ** (-NOISE_BELOW_SPEECH_DB / 10);
    return Math.max(weakest, Math.min(overNoise, loudest));
  }
}

function dbfsToPower(dbfs: number): number {
  return 0x8000 * 0x8000 * 10 ** (dbfs / 10);
}
