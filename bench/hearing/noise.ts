/** Noise that is the same in every run, at a level in dBFS (RMS). */

function randomSource(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

function atLevel(shape: Float64Array, levelDbfs: number): Int16Array {
  const rms = Math.sqrt(shape.reduce((sum, value) => sum + value * value, 0) / shape.length);
  return Int16Array.from(shape, (value) => (value / rms) * 0x8000 * 10 ** (levelDbfs / 20));
}

export function whiteNoise(length: number, levelDbfs: number): Int16Array {
  return atLevel(new Float64Array(length).map(randomSource()), levelDbfs);
}

/** Equal power in each octave: a sum of random values, each renewed half as often as the one before (Voss). */
export function pinkNoise(length: number, levelDbfs: number): Int16Array {
  const next = randomSource();
  const rows = new Float64Array(12).map(next);
  const shape = new Float64Array(length).map((_, i) => {
    rows[Math.min(rows.length - 1, 31 - Math.clz32((i + 1) & -(i + 1)))] = next();
    return rows.reduce((sum, row) => sum + row, 0);
  });
  return atLevel(shape, levelDbfs);
}
