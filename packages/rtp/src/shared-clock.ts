/**
 * Milliseconds on the clock all threads of the process share: monotonic, and the same number in every thread at the same
 * moment, which `performance.now()` alone is not.
 */
export function sharedNowMs(): number {
  return performance.timeOrigin + performance.now();
}
