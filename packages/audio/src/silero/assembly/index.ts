// Silero VAD 6, 8 kHz, as one WebAssembly function. Compiled by tools/build-silero.ts to ../silero.wasm.

import { convolution1, convolution2, convolution3, convolution4, decide, prepareSignal, sumGates, transform } from './layers';

export { INPUT, STATE_BYTES, STATES, WEIGHTS } from './layout';

/**
 * Speech probability of the 256 samples at INPUT, continuing the call whose slot starts at `state`; a slot of zeros is
 * a call that has heard nothing yet.
 */
export function probability(state: usize): f32 {
  prepareSignal(state);
  transform();
  convolution1();
  convolution2();
  convolution3();
  convolution4();
  sumGates(state);
  return decide(state);
}
