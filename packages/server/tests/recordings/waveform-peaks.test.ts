import { expect, test } from 'vitest';
import { peaksOf } from '../../src/recordings/waveform-peaks.ts';

test('peaks are of the caller and the agent by turns, and the loudest stand for many', () => {
  const bytes = Uint8Array.of(1, 2, 3, 4, 9, 8, 7, 6, 5, 0);
  expect(peaksOf(bytes, 10)).toEqual({ peakMs: 100, caller: [1, 3, 9, 7, 5], agent: [2, 4, 8, 6, 0] });
  expect(peaksOf(bytes, 3)).toEqual({ peakMs: 200, caller: [3, 9, 5], agent: [4, 8, 0] });
  expect(peaksOf(new Uint8Array(0), 3)).toEqual({ peakMs: 100, caller: [], agent: [] });
});
