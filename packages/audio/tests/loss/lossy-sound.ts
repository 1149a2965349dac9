/** Sounds with lost packets, and how far what is heard is from what was said. */

/** A sung vowel: harmonics under a formant, with the pitch of a speaking voice that never stands still. */
export function vowel({ rateHz, seconds }: { rateHz: number; seconds: number }): Int16Array {
  let phase = 0;
  return Int16Array.from({ length: rateHz * seconds }, (_, i) => {
    const t = i / rateHz;
    const pitchHz = 120 + 25 * Math.sin(2 * Math.PI * 0.7 * t) + 4 * Math.sin(2 * Math.PI * 5 * t);
    phase += (2 * Math.PI * pitchHz) / rateHz;
    let value = 0;
    for (let harmonic = 1; harmonic * pitchHz < 3400; harmonic++) {
      const distance = (harmonic * pitchHz - 600) / 500;
      value += Math.sin(harmonic * phase) / (1 + distance * distance);
    }
    return Math.round(1500 * value * (1 + 0.3 * Math.sin(2 * Math.PI * 2 * t)));
  });
}

/** Which packets are lost; the first five and the last never are. */
export function lossPattern(options: { packets: number; loss: number; seed: number }): boolean[] {
  let state = options.seed;
  return Array.from({ length: options.packets }, (_, i) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    const uniform = ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
    return i >= 5 && i < options.packets - 1 && uniform < options.loss;
  });
}

/** Quieter packets than this are pauses, where nothing can be lost. */
const PAUSE_RMS = 100;

/**
 * Segmental signal-to-noise ratio over the lost packets alone, each taken between -10 and 35 dB as is usual: 0 dB is what
 * silence in their place gives.
 */
export function meanLostSegmentSnrDb(sounds: {
  original: Int16Array;
  heard: Int16Array;
  lost: readonly boolean[];
  packetSamples: number;
}): number {
  const { original, heard, lost, packetSamples: packet } = sounds;
  const ratios: number[] = [];
  lost.forEach((isLost, k) => {
    if (!isLost) return;
    let signal = 0;
    let noise = 1;
    for (let i = k * packet; i < (k + 1) * packet; i++) {
      signal += (original[i] ?? 0) ** 2;
      noise += ((original[i] ?? 0) - (heard[i] ?? 0)) ** 2;
    }
    if (signal > packet * PAUSE_RMS ** 2) ratios.push(Math.max(-10, Math.min(35, 10 * Math.log10(signal / noise))));
  });
  return ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
}
