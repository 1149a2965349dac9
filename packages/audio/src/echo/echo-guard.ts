/**
 * Tells our own sound coming back, as from a telephone with its loudspeaker on, from the caller's. Nothing is taken out of the
 * sound: whoever listens is only told that what is heard now is an echo. There is no deaf time; a caller who is about as
 * loud as the echo, or louder, is heard over it.
 */

import { type Alike, mostAlike } from './likeness.ts';
import { SoundHistory } from './sound-history.ts';

const SAMPLES_PER_MS = 8;
const FRAME_MS = 20;

/** Networks and telephones delay an echo by up to half a second. */
const LONGEST_DELAY_SAMPLES = 500 * SAMPLES_PER_MS;
/** Long enough that two voices are hardly ever alike by chance, short enough to know before anybody ducks. */
const WINDOW_SAMPLES = 100 * SAMPLES_PER_MS;
/** Lags around the known one: clocks drift apart by some samples. */
const NEAR_SAMPLES = 8;
/**
 * In the scenario tests an echo out of a room has at least 0.75, another voice 0.5 in 19 of 20 windows. An echo with a
 * caller of the same level over it has 0.6.
 */
const ALIKE = 0.7;
/** What we send below this is the quiet between words; what comes back of it nobody takes for speech. */
const AUDIBLE_POWER = 100 * 100;
/** After our last word its echo may still come, ring on, and be taken for speech for so long. */
const ECHO_OVER_MS = 900;
/** What comes in below -55 dBFS is no speech. */
const HEARD_POWER = 58 * 58;
/** Rooms ring on: their echo fades by 60 dB in half a second, 2.4 dB in a frame. */
const RINGING_DECAY = 10 ** -0.24;
/** 3 dB louder than the room can ring. */
const OVER_RINGING = 2;
/** Of the last eight frames this many have to hold something else: a frame's likeness dips now and then. */
const OTHER_FRAMES = 5;
const LOOKED_AT_FRAMES = 8;
/** A few may be chance: one voice in some dozens is alike to another for a moment. An echo stays alike at its lag. */
const SURE_FRAMES = 4;
/** Fewer other frames than this are dips. */
const FEW_OTHERS = 3;
/** Searching costs about a millisecond; after so many frames in vain it is somebody who speaks. */
const MOST_SEARCHES = 10;

export class EchoGuard {
  readonly #sent = new SoundHistory(LONGEST_DELAY_SAMPLES + WINDOW_SAMPLES + NEAR_SAMPLES);
  readonly #heard = new SoundHistory(WINDOW_SAMPLES + NEAR_SAMPLES);
  readonly #best: Alike = { likeness: 0, lag: 0 };
  #sinceAudibleMs = Number.POSITIVE_INFINITY;
  #lag: number | undefined;
  /** Windows that were alike at about this lag. */
  #alikeFrames = 0;
  #searches = 0;
  #ringing = 0;
  /** One bit for each of the last frames: it held something that is not our echo. */
  #others = 0;
  #echoing = false;

  /** What is heard now is our own sound, and nothing else as loud. */
  get echoing(): boolean {
    return this.#echoing;
  }

  /** From sending to hearing it again; undefined while no echo is known. */
  get delayMs(): number | undefined {
    if (this.#lag === undefined || this.#alikeFrames < SURE_FRAMES) return undefined;
    // The frame that is sent in a tick follows the one that is heard.
    return this.#lag / SAMPLES_PER_MS + FRAME_MS;
  }

  /** The next 20 ms that were sent, 160 samples at 8 kHz. */
  sent(frame: Int16Array): void {
    this.#sent.add(frame);
    this.#sinceAudibleMs = meanPower(frame) > AUDIBLE_POWER ? 0 : this.#sinceAudibleMs + FRAME_MS;
  }

  /** The next 20 ms that were heard. @param suspicious it may be speech: only then is it looked at. */
  heard(frame: Int16Array, suspicious: boolean): void {
    this.#heard.add(frame);
    this.#ringing *= RINGING_DECAY;
    if (!suspicious || this.#sinceAudibleMs > ECHO_OVER_MS) {
      this.#forgetFrames();
      return;
    }
    const power = meanPower(frame);
    if (power < HEARD_POWER) return;
    if (this.#isEcho()) {
      this.#ringing = Math.max(this.#ringing, power);
      this.#searches = 0;
      this.#note(false);
      if (count(this.#others) < FEW_OTHERS) this.#echoing = true;
      return;
    }
    this.#note(power > OVER_RINGING * this.#ringing);
    if (this.#alikeFrames < SURE_FRAMES || count(this.#others) >= OTHER_FRAMES) this.#echoing = false;
  }

  #isEcho(): boolean {
    const best = this.#best;
    if (this.#lag !== undefined) {
      const least = Math.max(0, this.#lag - NEAR_SAMPLES);
      mostAlike(this.#heard.samples, this.#sent.samples, WINDOW_SAMPLES, least, this.#lag + NEAR_SAMPLES, best);
      if (best.likeness >= ALIKE) {
        this.#lag = best.lag;
        this.#alikeFrames += 1;
        return true;
      }
    }
    if (this.#searches >= MOST_SEARCHES) return false;
    this.#searches += 1;
    this.#search();
    if (best.likeness < ALIKE) return false;
    this.#lag = best.lag;
    this.#alikeFrames = 1;
    return true;
  }

  /** At half the rate first, then around what was found. */
  #search(): void {
    const best = this.#best;
    this.#sent.halveInto(halfSent);
    this.#heard.halveInto(halfHeard);
    mostAlike(halfHeard, halfSent, WINDOW_SAMPLES / 2, 0, LONGEST_DELAY_SAMPLES / 2, best);
    const around = 2 * best.lag;
    const least = Math.max(0, around - NEAR_SAMPLES);
    mostAlike(this.#heard.samples, this.#sent.samples, WINDOW_SAMPLES, least, around + NEAR_SAMPLES, best);
  }

  #note(isOther: boolean): void {
    this.#others = ((this.#others << 1) | (isOther ? 1 : 0)) & (2 ** LOOKED_AT_FRAMES - 1);
  }

  #forgetFrames(): void {
    this.#echoing = false;
    this.#others = 0;
    this.#searches = 0;
  }
}

/** Searches are made one after the other, so that all calls of a thread share these. */
const halfSent = new Float32Array((LONGEST_DELAY_SAMPLES + WINDOW_SAMPLES) / 2);
const halfHeard = new Float32Array(WINDOW_SAMPLES / 2);

function meanPower(frame: Int16Array): number {
  let sum = 0;
  for (const sample of frame) sum += sample * sample;
  return sum / frame.length;
}

function count(bits: number): number {
  let ones = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) ones += 1;
  return ones;
}
