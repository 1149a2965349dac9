/**
 * |FFT|^2 of real input whose length is a power of two: bins 0 to length / 2. The result is overwritten by the next call.
 */
export function createPowerSpectrum(length: number): (input: Float64Array) => Float64Array {
  const bits = Math.log2(length);
  const reversed = Uint16Array.from({ length }, (_, index) => {
    let mirrored = 0;
    for (let bit = 0; bit < bits; bit++) if (index & (1 << bit)) mirrored |= 1 << (bits - 1 - bit);
    return mirrored;
  });
  const cosine = Float64Array.from({ length: length / 2 }, (_, index) => Math.cos((2 * Math.PI * index) / length));
  const sine = Float64Array.from({ length: length / 2 }, (_, index) => -Math.sin((2 * Math.PI * index) / length));
  const re = new Float64Array(length);
  const im = new Float64Array(length);
  const power = new Float64Array(length / 2 + 1);

  return (input) => {
    for (let index = 0; index < length; index++) {
      re[index] = input[reversed[index] ?? 0] ?? 0;
      im[index] = 0;
    }
    for (let half = 1; half < length; half *= 2) {
      const step = length / (2 * half);
      for (let start = 0; start < length; start += 2 * half) {
        for (let offset = 0; offset < half; offset++) {
          const low = start + offset;
          const high = low + half;
          const c = cosine[offset * step] ?? 0;
          const s = sine[offset * step] ?? 0;
          const hr = re[high] ?? 0;
          const hi = im[high] ?? 0;
          const turnedRe = hr * c - hi * s;
          const turnedIm = hr * s + hi * c;
          re[high] = (re[low] ?? 0) - turnedRe;
          im[high] = (im[low] ?? 0) - turnedIm;
          re[low] = (re[low] ?? 0) + turnedRe;
          im[low] = (im[low] ?? 0) + turnedIm;
        }
      }
    }
    for (let bin = 0; bin < power.length; bin++) power[bin] = (re[bin] ?? 0) ** 2 + (im[bin] ?? 0) ** 2;
    return power;
  };
}
