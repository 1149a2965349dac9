/** How clean a sine is: the best-fitting sine of a known frequency against what remains without it. */

interface Fit {
  /** Mean square of the sine and of the rest, squared sample units. */
  readonly signal: number;
  readonly rest: number;
}

function fit(samples: Int16Array, sampleRate: number, frequencyHz: number): Fit {
  const omega = (2 * Math.PI * frequencyHz) / sampleRate;
  let cc = 0;
  let ss = 0;
  let cs = 0;
  let xc = 0;
  let xs = 0;
  let xx = 0;
  samples.forEach((x, i) => {
    const c = Math.cos(omega * i);
    const s = Math.sin(omega * i);
    cc += c * c;
    ss += s * s;
    cs += c * s;
    xc += x * c;
    xs += x * s;
    xx += x * x;
  });
  const determinant = cc * ss - cs * cs;
  const a = (xc * ss - xs * cs) / determinant;
  const b = (xs * cc - xc * cs) / determinant;
  const explained = a * xc + b * xs;
  return { signal: explained / samples.length, rest: Math.max(0, xx - explained) / samples.length };
}

export function sineSnrDb(samples: Int16Array, sampleRate: number, frequencyHz: number): number {
  const { signal, rest } = fit(samples, sampleRate, frequencyHz);
  return 10 * Math.log10(signal / rest);
}
