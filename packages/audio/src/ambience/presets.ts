import { LowPass, noiseSource, Resonance } from './noise-source.ts';

export type AmbiencePreset = 'office' | 'bar' | 'city-street';

/** Adds one layer of a sound to `sound`. */
type Layer = (sound: Float64Array, rateHz: number) => void;

/** Air conditioning, traffic: noise below a cutoff, swelling slowly. */
function rumble(options: { cutoffHz: number; level: number; swells: number; seed: number }): Layer {
  return (sound, rateHz) => {
    const noise = noiseSource(options.seed);
    const lowPass = new LowPass(options.cutoffHz, rateHz);
    for (let i = 0; i < sound.length; i++) {
      // A whole number of swells, so that the end goes over into the beginning.
      const swell = 1 + 0.5 * Math.sin((2 * Math.PI * options.swells * i) / sound.length);
      sound[i] = (sound[i] ?? 0) + options.level * swell * lowPass.next(noise());
    }
  };
}

/** People talking too far away to be understood: noise through the resonances of vowels, a syllable at a time. */
function murmur(options: { voices: number; level: number; seed: number }): Layer {
  return (sound, rateHz) => {
    for (let voice = 0; voice < options.voices; voice++) {
      const noise = noiseSource(options.seed + 101 * voice);
      let formants = vowel(noise, rateHz);
      let syllableEnd = 0;
      let loudness = 0;
      const envelope = new LowPass(8, rateHz);
      for (let i = 0; i < sound.length; i++) {
        if (i >= syllableEnd) {
          // Four to eight syllables a second, with pauses.
          syllableEnd = i + rateHz * (0.125 + 0.0625 * (1 + noise()));
          loudness = noise() > -0.4 ? 0.6 + 0.4 * noise() : 0;
          formants = vowel(noise, rateHz);
        }
        const breath = noise();
        const spoken = formants.reduce((sum, formant) => sum + formant.next(breath), 0);
        sound[i] = (sound[i] ?? 0) + options.level * envelope.next(loudness) * spoken;
      }
    }
  };
}

function vowel(noise: () => number, rateHz: number): Resonance[] {
  return [new Resonance(500 + 250 * noise(), 90, rateHz), new Resonance(1400 + 600 * noise(), 120, rateHz)];
}

/** Short sounds now and then: keys of a keyboard, glasses, a horn. */
function events(options: {
  perSecond: number;
  level: number;
  frequencyHz: number;
  spreadHz: number;
  decayMs: number;
  /** 0: a pure ring; 1: a knock. */
  noisiness: number;
  seed: number;
}): Layer {
  return (sound, rateHz) => {
    const noise = noiseSource(options.seed);
    const count = Math.round((options.perSecond * sound.length) / rateHz);
    const decaySamples = (options.decayMs * rateHz) / 1000;
    for (let k = 0; k < count; k++) {
      const start = Math.floor(((noise() + 1) / 2) * sound.length);
      const frequencyHz = options.frequencyHz + options.spreadHz * noise();
      const level = options.level * (0.65 + 0.35 * noise());
      for (let i = 0; i < 6 * decaySamples; i++) {
        const ring = Math.sin((2 * Math.PI * frequencyHz * i) / rateHz);
        const body = (1 - options.noisiness) * ring + options.noisiness * ring * noise();
        // Fades in over a tenth of its decay: distance rounds every beginning.
        const fade = Math.min(1, i / (0.1 * decaySamples)) * Math.exp(-i / decaySamples);
        const at = (start + i) % sound.length;
        sound[at] = (sound[at] ?? 0) + level * fade * body;
      }
    }
  };
}

/** What each place is made of. All of it is computed, so nobody holds rights in it. */
export const ambienceLayers: Readonly<Record<AmbiencePreset, readonly Layer[]>> = {
  office: [
    rumble({ cutoffHz: 250, level: 0.9, swells: 3, seed: 11 }),
    murmur({ voices: 2, level: 0.5, seed: 12 }),
    events({ perSecond: 5, level: 0.05, frequencyHz: 2200, spreadHz: 700, decayMs: 6, noisiness: 1, seed: 13 }),
  ],
  bar: [
    rumble({ cutoffHz: 180, level: 0.5, swells: 2, seed: 21 }),
    murmur({ voices: 7, level: 0.8, seed: 22 }),
    events({ perSecond: 0.8, level: 0.08, frequencyHz: 2600, spreadHz: 500, decayMs: 60, noisiness: 0.1, seed: 23 }),
  ],
  'city-street': [
    rumble({ cutoffHz: 100, level: 2.8, swells: 5, seed: 31 }),
    rumble({ cutoffHz: 1800, level: 0.12, swells: 7, seed: 32 }),
    events({ perSecond: 0.15, level: 0.1, frequencyHz: 420, spreadHz: 60, decayMs: 220, noisiness: 0, seed: 33 }),
  ],
};
