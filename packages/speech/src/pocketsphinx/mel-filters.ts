/** The mel filter bank the en-us acoustic model was trained with, and the part of it a telephone line carries. */

/** `feat.params` of the Debian model: 25 triangular filters from 130 to 6800 Hz. */
const LOWEST_HZ = 130;
const HIGHEST_HZ = 6800;
export const MODEL_FILTERS = 25;
export const MODEL_CEPSTRA = 13;
/** Sine lifter of the same file. */
const LIFTER = 22;

/** A band of the model's filters: `first` up to, not including, `end`. */
export interface FilterBand {
  readonly first: number;
  readonly end: number;
  /** Cepstral coefficients kept. */
  readonly cepstra: number;
}

/** Everything, for sound sampled at 16 kHz. */
export const wideBand: FilterBand = { first: 0, end: MODEL_FILTERS, cepstra: MODEL_CEPSTRA };

/**
 * 203 to 3446 Hz, for telephone sound: filter 0 and filters 18 to 24 lie where a line carries nothing. Fewer filters
 * resolve fewer cepstra; 13 of 25 correspond to 9 of 17.
 */
export const telephoneBand: FilterBand = { first: 1, end: 18, cepstra: 9 };

export interface MelFilter {
  readonly firstBin: number;
  readonly weights: Float64Array;
}

/** Filters over the power spectrum's bins. Unit area, edges rounded to bins, as SphinxBase makes them (fe_sigproc.c). */
export function melFilters(band: FilterBand, binHz: number): MelFilter[] {
  return Array.from({ length: band.end - band.first }, (_, index) => {
    const [low, centre, high] = [0, 1, 2].map(
      (side) => Math.round(edgeHz(band.first + index + side) / binHz) * binHz,
    ) as [number, number, number];
    const firstBin = Math.ceil(low / binHz);
    const area = 2 / (high - low);
    const weights = Float64Array.from({ length: Math.floor(high / binHz) - firstBin + 1 }, (_, bin) => {
      const hz = (firstBin + bin) * binHz;
      return area * Math.min((hz - low) / (centre - low), (high - hz) / (high - centre));
    });
    return { firstBin, weights };
  });
}

/** Edge `index` of 0 to 26: filter i rises from edge i to i + 1 and falls to i + 2. */
function edgeHz(index: number): number {
  const step = (mel(HIGHEST_HZ) - mel(LOWEST_HZ)) / (MODEL_FILTERS + 1);
  return 700 * (10 ** ((mel(LOWEST_HZ) + index * step) / 2595) - 1);
}

function mel(hz: number): number {
  return 2595 * Math.log10(1 + hz / 700);
}

/** Rows of the orthonormal DCT-II with the lifter: log filter energies -> cepstra. `[cepstrum][filter]`. */
export function liftedCosines(filters: number, cepstra: number): number[][] {
  return Array.from({ length: cepstra }, (_, row) =>
    Array.from({ length: filters }, (_, filter) =>
      row === 0
        ? Math.sqrt(1 / filters)
        : lifter(row) * Math.sqrt(2 / filters) * Math.cos(((row * Math.PI) / filters) * (filter + 0.5)),
    ),
  );
}

export function lifter(row: number): number {
  return 1 + (LIFTER / 2) * Math.sin((row * Math.PI) / LIFTER);
}
