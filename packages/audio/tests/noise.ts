/** Repeatable noise for detectors to be tested with. */

/** Uniform numbers from -1 to 1 (mulberry32). */
function randomSource(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x8000_0000 - 1;
  };
}

function atLevel(shape: Float64Array, levelDbfs: number): Int16Array {
  const rms = Math.sqrt(shape.reduce((sum, value) => sum + value * value, 0) / shape.length);
  return Int16Array.from(shape, (value) => Math.round((value / rms) * 0x8000 * 10 ** (levelDbfs / 20)));
}

export function whiteNoise(length: number, levelDbfs: number, seed = 1): Int16Array {
  const next = randomSource(seed);
  return atLevel(new Float64Array(length).map(next), levelDbfs);
}

/** Equal power in each octave: a sum of random values, each renewed half as often as the one before (Voss). */
export function pinkNoise(length: number, levelDbfs: number, seed = 1): Int16Array {
  const next = randomSource(seed);
  const rows = new Float64Array(12).map(next);
  return atLevel(
    new Float64Array(length).map((_, i) => {
      rows[Math.min(rows.length - 1, 31 - Math.clz32((i + 1) & -(i + 1)))] = next();
      return rows.reduce((sum, row) => sum + row, 0);
    }),
    levelDbfs,
  );
}
