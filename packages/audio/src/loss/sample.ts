/** Keeps a sample within 16 bits. */
export function clampSample(sample: number): number {
  return Math.max(-32768, Math.min(32767, sample));
}

export function samplesOf(durationMs: number, rateHz: number): number {
  return Math.round((durationMs * rateHz) / 1000);
}
