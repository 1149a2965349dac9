/** Sounds of the place a caller calls from, made by rule from a seed, so that a test hears the same ones each time. */
import { rmsDbfs } from '@dialplane/audio';

export const noiseKinds = ['white', 'pink', 'babble', 'music', 'office'] as const;
export type NoiseKind = (typeof noiseKinds)[number];

const SAMPLE_RATE = 8000;

/** Long enough that the loop is not noticed in a turn. */
const LOOP_SAMPLES = 10 * SAMPLE_RATE;

/** All kinds come out equally loud; the caller's signal-to-noise ratio is set from here. */
export const NOISE_DBFS = -30;

/** Repeatable numbers from 0 to 1: the mulberry32 generator. */
type Random = () => number;

export interface LineNoiseOptions {
  readonly seed: number;
  /** Speech of several people at 8 kHz, for `babble` and `office`. */
  readonly talkers: readonly Int16Array[];
}

/** Ten seconds at 8 kHz and {@link NOISE_DBFS}, to be played in a loop. */
export function createLineNoise(kind: NoiseKind, options: LineNoiseOptions): Int16Array {
  return levelled(mixes[kind](randomFrom(options.seed), options.talkers));
}

const mixes: Readonly<Record<NoiseKind, (random: Random, talkers: readonly Int16Array[]) => Float64Array>> = {
  white: (random) => new Float64Array(LOOP_SAMPLES).map(() => random() * 2 - 1),
  pink,
  babble,
  music,
  office,
};

/** Falls 3 dB an octave (Paul Kellet's economy filter, made for 44.1 kHz and near enough here). */
function pink(random: Random): Float64Array {
  let [b0, b1, b2] = [0, 0, 0];
  return new Float64Array(LOOP_SAMPLES).map(() => {
    const white = random() * 2 - 1;
    b0 = 0.99765 * b0 + white * 0.099046;
    b1 = 0.963 * b1 + white * 0.2965164;
    b2 = 0.57 * b2 + white * 1.0526913;
    return b0 + b1 + b2 + white * 0.1848;
  });
}

/** Each talker again and again, from places of their own in the loop. */
function babble(random: Random, talkers: readonly Int16Array[]): Float64Array {
  const out = new Float64Array(LOOP_SAMPLES);
  for (const speech of talkers) {
    if (speech.length === 0) continue;
    let at = Math.floor(random() * LOOP_SAMPLES);
    for (let spoken = 0; spoken < LOOP_SAMPLES; spoken += speech.length) {
      for (let i = 0; i < speech.length; i += 1) addAt(out, at + i, (speech[i] ?? 0) / 0x8000);
      at += speech.length;
    }
  }
  return out;
}

/** Semitones over A of four chords everybody has waited to: F, G, e minor, a minor. */
const CHORDS = [
  [-4, 0, 3],
  [-2, 2, 5],
  [-5, -2, 2],
  [0, 3, 7],
] as const;
const BEATS_PER_CHORD = 5;
const BEAT_SAMPLES = LOOP_SAMPLES / (CHORDS.length * BEATS_PER_CHORD);

/** Plucked notes over held chords, as in a queue. */
function music(random: Random): Float64Array {
  const out = new Float64Array(LOOP_SAMPLES);
  for (const [bar, chord] of CHORDS.entries()) {
    const start = bar * BEATS_PER_CHORD * BEAT_SAMPLES;
    for (const semitone of chord) addNote(out, start, BEATS_PER_CHORD * BEAT_SAMPLES, semitone, 0.3, 2);
    for (let beat = 0; beat < BEATS_PER_CHORD; beat += 1) {
      const semitone = chord[Math.floor(random() * chord.length)] ?? 0;
      addNote(out, start + beat * BEAT_SAMPLES, BEAT_SAMPLES, semitone + 12, 0.5, 6);
    }
  }
  return out;
}

/** A note with four harmonics that fades by `decay` per second. */
function addNote(
  out: Float64Array,
  from: number,
  length: number,
  semitone: number,
  level: number,
  decay: number,
): void {
  const frequencyHz = 220 * 2 ** (semitone / 12);
  for (let i = 0; i < length; i += 1) {
    const seconds = i / SAMPLE_RATE;
    // 5 ms of attack: a note that jumps in would click.
    const envelope = Math.min(1, seconds / 0.005) * Math.exp(-decay * seconds);
    let sample = 0;
    for (let harmonic = 1; harmonic <= 4; harmonic += 1) {
      sample += Math.sin(2 * Math.PI * frequencyHz * harmonic * seconds) / harmonic;
    }
    addAt(out, from + i, sample * envelope * level);
  }
}

/** Typing comes in runs of keys, about six a second, with pauses between the runs. */
const KEY_GAP_SAMPLES = SAMPLE_RATE / 6;

/** Air conditioning, a keyboard, and people a few desks away. */
function office(random: Random, talkers: readonly Int16Array[]): Float64Array {
  const out = pink(random).map((sample) => sample * 0.05);
  const voices = babble(random, talkers.slice(0, 2));
  for (const [i, sample] of voices.entries()) addAt(out, i, sample * 0.2);
  let at = 0;
  while (at < LOOP_SAMPLES) {
    const keys = 3 + Math.floor(random() * 12);
    for (let key = 0; key < keys; key += 1) {
      addClick(out, at, random);
      at += Math.floor(KEY_GAP_SAMPLES * (0.5 + random()));
    }
    at += Math.floor(SAMPLE_RATE * random() * 1.5);
  }
  return out;
}

/** A key: 6 ms of noise that dies away. */
function addClick(out: Float64Array, from: number, random: Random): void {
  const samples = 48;
  for (let i = 0; i < samples; i += 1) addAt(out, from + i, (random() * 2 - 1) * 0.5 * Math.exp((-5 * i) / samples));
}

function addAt(out: Float64Array, at: number, sample: number): void {
  const index = at % LOOP_SAMPLES;
  out[index] = (out[index] ?? 0) + sample;
}

function levelled(mix: Float64Array): Int16Array {
  const peak = mix.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0) || 1;
  const full = Int16Array.from(mix, (sample) => Math.round((sample / peak) * 0x7fff));
  const gain = 10 ** ((NOISE_DBFS - rmsDbfs(full)) / 20);
  // Clicks may clip at this level; on a telephone line they do, too.
  return full.map((sample) => Math.max(-0x8000, Math.min(0x7fff, Math.round(sample * gain))));
}

function randomFrom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
