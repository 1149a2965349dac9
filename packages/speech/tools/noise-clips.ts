/** Sounds that are no words to a listener: nothing of them may be answered. 8 kHz, repeatable. */

const RATE = 8000;
const CLIP_MS = 3000;
const LENGTH = (RATE * CLIP_MS) / 1000;
/** About -26 dBFS: clearly audible beside speech at -20. */
const LEVEL = 1600;

export interface NoiseClip {
  readonly name: string;
  readonly samples: Int16Array;
}

/** `voices`: sentences of several speakers at 8 kHz, laid over each other as babble. */
export function noiseClips(voices: readonly Int16Array[]): NoiseClip[] {
  const random = generator(7);
  const white = Float64Array.from({ length: LENGTH }, () => random() * 2 - 1);
  const chord = (notes: readonly number[], beatHz: number) =>
    Float64Array.from({ length: LENGTH }, (_, at) =>
      notes.reduce((sum, hz, index) => {
        const fade = Math.exp(-3 * (((at / RATE) * beatHz + index / 8) % 1));
        return sum + fade * [1, 2, 3].reduce((tone, h) => tone + Math.sin((2 * Math.PI * hz * h * at) / RATE) / h, 0);
      }, 0),
    );
  const melody = Float64Array.from({ length: LENGTH }, (_, at) => {
    const note = [0, 4, 7, 12, 9, 7, 4, 2][Math.floor((at / RATE) * 4) % 8] ?? 0;
    return Math.sin((2 * Math.PI * 330 * 2 ** (note / 12) * at) / RATE) * Math.exp(-4 * (((at / RATE) * 4) % 1));
  });
  const clicks = new Float64Array(LENGTH);
  for (let at = 400; at < LENGTH; at += 600 + Math.floor(random() * 1800)) {
    for (let offset = 0; offset < 120 && at + offset < LENGTH; offset++)
      clicks[at + offset] = (random() * 2 - 1) * Math.exp(-offset / 20) * 6;
  }
  const office = Float64Array.from(
    { length: LENGTH },
    (_, at) => 0.3 * (pink(white)[at] ?? 0) + (clicks[at] ?? 0) * 0.3,
  );
  const ringing = Float64Array.from({ length: LENGTH }, (_, at) =>
    at % RATE < RATE / 2 ? Math.sin((2 * Math.PI * 440 * at) / RATE) + Math.sin((2 * Math.PI * 480 * at) / RATE) : 0,
  );
  const hum = Float64Array.from({ length: LENGTH }, (_, at) =>
    [1, 3, 5, 7, 9].reduce((sum, h) => sum + Math.sin((2 * Math.PI * 60 * h * at) / RATE) / h, 0),
  );
  const engine = Float64Array.from({ length: LENGTH }, (_, at) =>
    [1, 2, 3, 4, 5, 6].reduce(
      (sum, h) => sum + Math.sin((2 * Math.PI * (85 + 8 * Math.sin(at / 9000)) * h * at) / RATE),
      0,
    ),
  );
  const babble = (offset: number, count: number) => {
    const mixed = new Float64Array(LENGTH);
    for (let talker = 0; talker < count; talker++) {
      const voice = voices[(offset + talker * 5) % voices.length];
      const shift = talker * 3111;
      for (let at = 0; at < LENGTH; at++) mixed[at] = (mixed[at] ?? 0) + (voice?.[(at + shift) % voice.length] ?? 0);
    }
    return mixed;
  };
  const sounds: Readonly<Record<string, Float64Array>> = {
    white,
    pink: pink(white),
    hum,
    engine,
    ringing,
    clicks,
    office,
    'music: slow chords': chord([220, 277.2, 329.6], 0.7),
    'music: quick chords': chord([196, 246.9, 293.7, 392], 2.3),
    'music: melody': melody,
    'babble of six': babble(0, 6),
    'babble of nine': babble(3, 9),
  };
  return Object.entries(sounds).map(([name, sound]) => ({ name, samples: levelled(sound) }));
}

function levelled(sound: Float64Array): Int16Array {
  const rms = Math.sqrt(sound.reduce((sum, value) => sum + value * value, 0) / sound.length);
  return Int16Array.from(sound, (value) => Math.max(-32768, Math.min(32767, Math.round((value * LEVEL) / rms))));
}

let pinkOf: { white: Float64Array; pink: Float64Array } | null = null;
/** White noise through leaky integrators with time constants a factor of ten apart. */
function pink(white: Float64Array): Float64Array {
  if (pinkOf?.white === white) return pinkOf.pink;
  const state = [0, 0, 0];
  const result = white.map((value) => {
    for (const [index, keep] of [0.997, 0.97, 0.7].entries())
      state[index] = (state[index] ?? 0) * keep + value * Math.sqrt(1 - keep * keep);
    return state.reduce((sum, part) => sum + part, value * 0.2);
  });
  pinkOf = { white, pink: result };
  return result;
}

/** Mulberry32: small, good enough for noise, the same on every machine. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
