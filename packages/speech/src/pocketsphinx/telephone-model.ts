/**
 * Makes the wide-band acoustic model fit for telephone sound.
 *
 * The model describes cepstra of 25 mel filters from 130 to 6800 Hz, of which a telephone line carries 17. Cepstra are a
 * linear image of log filter energies, so the model's own statistics say what it expects of those 17: back from cepstra to
 * filters, keep the band, forward to the band's cepstra. The matrix is the same for the dynamic features, being linear in
 * the static ones. Without this the missing band looks like a different sound; with it word errors fall by a third.
 */
import type { Gaussians } from './gaussian-file.ts';
import { type FilterBand, liftedCosines, lifter, MODEL_CEPSTRA, MODEL_FILTERS } from './mel-filters.ts';

/** `[band cepstrum][model cepstrum]`. */
export function bandMatrix(band: FilterBand): number[][] {
  const model = liftedCosines(MODEL_FILTERS, MODEL_CEPSTRA);
  return liftedCosines(band.end - band.first, band.cepstra).map((row) =>
    model.map((basis, cepstrum) => {
      // The cosines are orthonormal, so their transpose leads back; the lifter was applied once and is undone twice.
      const unlift = cepstrum === 0 ? 1 : lifter(cepstrum) ** 2;
      return row.reduce((sum, weight, filter) => sum + weight * (basis[band.first + filter] ?? 0), 0) / unlift;
    }),
  );
}

export function projectMeans(means: Gaussians, band: FilterBand): Gaussians {
  return project(means, bandMatrix(band));
}

/** Diagonal of the projected covariance; what the model says nothing about between coefficients counts as zero. */
export function projectVariances(variances: Gaussians, band: FilterBand): Gaussians {
  return project(
    variances,
    bandMatrix(band).map((row) => row.map((weight) => weight * weight)),
  );
}

function project(model: Gaussians, matrix: readonly (readonly number[])[]): Gaussians {
  const count = model.values.length / model.length;
  const values = new Float32Array(count * matrix.length);
  for (let vector = 0; vector < count; vector++) {
    for (const [row, weights] of matrix.entries()) {
      let sum = 0;
      for (let column = 0; column < weights.length; column++)
        sum += (weights[column] ?? 0) * (model.values[vector * model.length + column] ?? 0);
      values[vector * matrix.length + row] = sum;
    }
  }
  return { ...model, length: matrix.length, values };
}
