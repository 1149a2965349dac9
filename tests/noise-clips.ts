import { rmsDbfs } from '@dialplane/audio';
import { createLineNoise, type NoiseKind } from '@dialplane/simulator';
import type { CallerVoice } from './voice.ts';

export interface NoiseClip {
  readonly name: string;
  /** 8 kHz. */
  readonly samples: Int16Array;
}

const SAMPLE_RATE = 8000;
const CLIP_SAMPLES = 9 * SAMPLE_RATE;
/** As loud as a radio beside a caller who speaks at -20. */
const CLIP_DBFS = -26;

/** Kinds the simulated line makes, and the seeds of the clips. */
const lineClips: readonly (readonly [NoiseKind, number])[] = [
  ['white', 1],
  ['pink', 1],
  ['music', 1],
  ['music', 2],
  ['music', 3],
  ['babble', 1],
  ['babble', 2],
  ['babble', 3],
  ['office', 1],
  ['office', 2],
];

/** Two kinds it does not: mains hum under rumble, and keys alone. */
const ownClips: Readonly<Record<string, () => Int16Array>> = { hum, keyboard };

/** What people in the background say: nothing of the bakery. */
const talk = [
  'The meeting has moved to the room upstairs.',
  'I told him the train was late again this morning.',
  'She says the printer is out of paper.',
  'They painted the whole corridor over the weekend.',
];

/** Twelve clips of nine seconds without anybody who speaks to the agent. */
export async function noiseClips(caller: CallerVoice): Promise<NoiseClip[]> {
  const voices = ['rms', 'awb', 'kal16', 'slt'];
  const talkers: Int16Array[] = [];
  for (const [at, text] of talk.entries()) talkers.push(await caller.speak(text, voices[at] ?? 'rms'));
  const fromLine = lineClips.map(([kind, seed]) => ({
    name: `${kind} ${seed}`,
    sound: createLineNoise(kind, { seed, talkers }),
  }));
  const own = Object.entries(ownClips).map(([name, make]) => ({ name, sound: make() }));
  return [...fromLine, ...own].map(({ name, sound }) => ({ name, samples: levelled(sound.subarray(0, CLIP_SAMPLES)) }));
}

function hum(): Int16Array {
  const noise = createLineNoise('white', { seed: 7, talkers: [] });
  let rumble = 0;
  return Int16Array.from({ length: CLIP_SAMPLES }, (_, at) => {
    // A leaky sum of white noise falls 6 dB an octave: traffic behind a window.
    rumble = 0.995 * rumble + (noise[at] ?? 0) / 20;
    const mains = [100, 200, 300].reduce(
      (sum, hz) => sum + Math.sin((2 * Math.PI * hz * at) / SAMPLE_RATE) * (40 / hz),
      0,
    );
    return Math.max(-0x8000, Math.min(0x7fff, rumble + 500 * mains));
  });
}

function keyboard(): Int16Array {
  const noise = createLineNoise('white', { seed: 9, talkers: [] });
  const clip = new Int16Array(CLIP_SAMPLES);
  // Seven keys a second, each 8 ms of noise that dies away.
  for (let from = 0; from + 64 < CLIP_SAMPLES; from += 900 + ((from * 7) % 500)) {
    for (let at = 0; at < 64; at++) clip[from + at] = (noise[from + at] ?? 0) * 8 * Math.exp(-at / 16);
  }
  return clip;
}

function levelled(sound: Int16Array): Int16Array {
  const gain = 10 ** ((CLIP_DBFS - rmsDbfs(sound)) / 20);
  return sound.map((sample) => Math.max(-0x8000, Math.min(0x7fff, Math.round(sample * gain))));
}
