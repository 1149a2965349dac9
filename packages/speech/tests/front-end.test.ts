import { sine } from '@dialplane/audio';
import { describe, expect, it } from 'vitest';
import { createFrontEnd } from '../src/pocketsphinx/front-end.ts';
import { readGaussians, writeGaussians } from '../src/pocketsphinx/gaussian-file.ts';
import { liftedCosines, MODEL_FILTERS, melFilters, telephoneBand, wideBand } from '../src/pocketsphinx/mel-filters.ts';
import { createPowerSpectrum } from '../src/pocketsphinx/power-spectrum.ts';
import { bandMatrix, projectMeans, projectVariances } from '../src/pocketsphinx/telephone-model.ts';

const tone = sine({ frequencyHz: 1000, sampleRate: 8000, durationMs: 500, levelDbfs: -20 });

describe('the front end', () => {
  it('gives a hundred frames a second of the band’s cepstra', () => {
    const frames = createFrontEnd(8000, telephoneBand).process(tone);
    expect(frames.length).toBe(48);
    expect(frames[0]?.length).toBe(9);
    const wide = sine({ frequencyHz: 1000, sampleRate: 16000, durationMs: 500, levelDbfs: -20 });
    const wideFrames = createFrontEnd(16000, wideBand).process(wide);
    expect(wideFrames.length).toBe(48);
    expect(wideFrames[0]?.length).toBe(13);
  });

  it('gives the same frames however the samples are cut, and again after a reset', () => {
    const frontEnd = createFrontEnd(8000, telephoneBand);
    const whole = frontEnd.process(tone);
    frontEnd.reset();
    const pieces = [0, 1, 160, 161, 1000, 4000].flatMap((from, index, cuts) =>
      frontEnd.process(tone.subarray(from, cuts[index + 1] ?? tone.length)),
    );
    expect(pieces).toEqual(whole);
  });

  it('sees the power of a tone in its bin', () => {
    const power = createPowerSpectrum(256);
    const input = Float64Array.from({ length: 256 }, (_, at) => Math.cos((2 * Math.PI * 20 * at) / 256));
    const bins = [...power(input)];
    expect(bins[20]).toBeCloseTo(128 ** 2, 3);
    expect(bins.filter((value) => value > 1e-6).length).toBe(1);
  });

  it('has filters of unit area that meet at their edges', () => {
    for (const { weights } of melFilters(wideBand, 31.25)) {
      const area = weights.reduce((sum, weight) => sum + weight, 0) * 31.25;
      expect(area).toBeGreaterThan(0.8);
      expect(area).toBeLessThan(1.2);
    }
  });

  it('uses the same filters for telephone sound as the wide-band model was trained with', () => {
    expect(melFilters(telephoneBand, 31.25)).toEqual(melFilters(wideBand, 31.25).slice(1, 18));
  });
});

describe('the telephone model', () => {
  it('expects of a sound in the band what the wide model expects of the whole', () => {
    // Cepstra of any smooth spectrum: from them all 25 filters, and from 17 of these the band's cepstra.
    const cepstra = [12, -3, 5, 1, -2, 0.5, 3, -1, 2, 0, 1, -0.5, 0.25];
    const wide = liftedCosines(MODEL_FILTERS, 13);
    const filters = Array.from({ length: MODEL_FILTERS }, (_, filter) =>
      wide.reduce((sum, row, index) => {
        const norm = row.reduce((total, value) => total + value * value, 0);
        return sum + ((cepstra[index] ?? 0) * (row[filter] ?? 0)) / norm;
      }, 0),
    );
    const inBand = filters.slice(telephoneBand.first, telephoneBand.end);
    const direct = liftedCosines(inBand.length, telephoneBand.cepstra).map((row) =>
      row.reduce((sum, weight, filter) => sum + weight * (inBand[filter] ?? 0), 0),
    );
    const model = { codebooks: 1, streams: 1, densities: 1, length: 13, values: Float32Array.from(cepstra) };
    const projected = projectMeans(model, telephoneBand);
    expect(projected.length).toBe(9);
    for (const [index, value] of direct.entries()) expect(projected.values[index]).toBeCloseTo(value, 4);
  });

  it('changes nothing when the band is the whole', () => {
    for (const [row, weights] of bandMatrix(wideBand).entries())
      for (const [column, weight] of weights.entries()) expect(weight).toBeCloseTo(row === column ? 1 : 0, 9);
  });

  it('keeps variances positive', () => {
    const model = { codebooks: 1, streams: 1, densities: 1, length: 13, values: new Float32Array(13).fill(4) };
    for (const value of projectVariances(model, telephoneBand).values) expect(value).toBeGreaterThan(0);
  });

  it('reads the files it writes', () => {
    const values = Float32Array.from({ length: 2 * 3 * 4 * 5 }, (_, index) => index / 3);
    const model = { codebooks: 2, streams: 3, densities: 4, length: 5, values };
    expect(readGaussians(writeGaussians(model))).toEqual(model);
    expect(() => readGaussians(new TextEncoder().encode('s3\nendhdr\nabcdefgh'))).toThrow('little-endian');
  });
});
