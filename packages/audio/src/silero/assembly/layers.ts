// The layers of Silero VAD 6 for 8 kHz, in the order in which a window passes through them. Loops go over outputs four
// or more at a time and inside over inputs, so that each weight is loaded once for all frames.

import { multiplyAdd, relu, sigmoid, spread, storeTransposed, tanh } from './arithmetic';
import {
  ACTIVATIONS_1,
  ACTIVATIONS_2,
  ACTIVATIONS_3,
  ACTIVATIONS_4,
  BIAS_1,
  BIAS_2,
  BIAS_3,
  BIAS_4,
  BINS,
  CHANNELS_1,
  CHANNELS_2,
  CHANNELS_3,
  CHANNELS_4,
  CONTEXT,
  CONVOLUTION_1,
  CONVOLUTION_2,
  CONVOLUTION_3,
  CONVOLUTION_4,
  DECODER,
  DECODER_BIAS,
  FRAME,
  GATE_SUMS,
  GATES,
  HIDDEN,
  HOP,
  INPUT,
  LSTM_BIAS,
  LSTM_OF_HIDDEN,
  LSTM_OF_INPUT,
  MAGNITUDES,
  MIRRORED,
  PADDED_BINS,
  ROW_2,
  ROW_4,
  SIGNAL,
  STATE_CELL,
  STATE_CONTEXT,
  STATE_HIDDEN,
  TAPS,
  TRANSFORM_IMAGINARY,
  TRANSFORM_REAL,
  WINDOW,
} from './layout';

const F32: usize = 4;
const LANES: usize = 4;
const REGISTER: usize = LANES * F32;

/** Context, window and mirrored end as floats; the window's last samples become the next context. */
export function prepareSignal(state: usize): void {
  memory.copy(SIGNAL, state + STATE_CONTEXT, CONTEXT * F32);
  const window = SIGNAL + CONTEXT * F32;
  for (let i: usize = 0; i < WINDOW; i++) {
    const sample: f32 = <f32>load<i16>(INPUT + i * 2);
    store<f32>(window + i * F32, sample / <f32>32768);
  }
  memory.copy(state + STATE_CONTEXT, window + (WINDOW - CONTEXT) * F32, CONTEXT * F32);
  // Mirrored about the last sample, which itself is not repeated.
  const last = window + (WINDOW - 1) * F32;
  for (let i: usize = 1; i <= MIRRORED; i++) store<f32>(last + i * F32, load<f32>(last - i * F32));
}

/** Short-time Fourier magnitudes: the signal against 65 cosines and 65 sines, in four frames. */
export function transform(): void {
  const rowBytes = PADDED_BINS * F32;
  for (let bin: usize = 0; bin < PADDED_BINS; bin += LANES) {
    let real0 = f32x4.splat(0), real1 = real0, real2 = real0, real3 = real0;
    let imaginary0 = real0, imaginary1 = real0, imaginary2 = real0, imaginary3 = real0;
    let cosine = TRANSFORM_REAL + bin * F32;
    let sine = TRANSFORM_IMAGINARY + bin * F32;
    let signal = SIGNAL;
    for (let k: usize = 0; k < FRAME; k++) {
      const c = v128.load(cosine);
      const s = v128.load(sine);
      const x0 = spread(signal);
      const x1 = spread(signal + HOP * F32);
      const x2 = spread(signal + 2 * HOP * F32);
      const x3 = spread(signal + 3 * HOP * F32);
      real0 = multiplyAdd(real0, c, x0);
      real1 = multiplyAdd(real1, c, x1);
      real2 = multiplyAdd(real2, c, x2);
      real3 = multiplyAdd(real3, c, x3);
      imaginary0 = multiplyAdd(imaginary0, s, x0);
      imaginary1 = multiplyAdd(imaginary1, s, x1);
      imaginary2 = multiplyAdd(imaginary2, s, x2);
      imaginary3 = multiplyAdd(imaginary3, s, x3);
      cosine += rowBytes;
      sine += rowBytes;
      signal += F32;
    }
    storeTransposed(
      magnitude(real0, imaginary0),
      magnitude(real1, imaginary1),
      magnitude(real2, imaginary2),
      magnitude(real3, imaginary3),
      MAGNITUDES + (bin * ROW_4 + 1) * F32,
      ROW_4 * F32,
    );
  }
}

@inline
function magnitude(real: v128, imaginary: v128): v128 {
  return f32x4.sqrt(multiplyAdd(f32x4.mul(real, real), imaginary, imaginary));
}

/** 65 bins -> 128 channels, four frames each way. The frame before the first and after the last is zero: no term. */
export function convolution1(): void {
  const tapBytes = CHANNELS_1 * F32;
  for (let channel: usize = 0; channel < CHANNELS_1; channel += LANES) {
    const bias = v128.load(BIAS_1 + channel * F32);
    let sum0 = bias, sum1 = bias, sum2 = bias, sum3 = bias;
    let weight = CONVOLUTION_1 + channel * F32;
    let row = MAGNITUDES + F32;
    for (let bin: usize = 0; bin < BINS; bin++) {
      const before = v128.load(weight);
      const centre = v128.load(weight + tapBytes);
      const after = v128.load(weight + 2 * tapBytes);
      const x0 = spread(row);
      const x1 = spread(row + F32);
      const x2 = spread(row + 2 * F32);
      const x3 = spread(row + 3 * F32);
      sum0 = multiplyAdd(multiplyAdd(sum0, centre, x0), after, x1);
      sum1 = multiplyAdd(multiplyAdd(multiplyAdd(sum1, before, x0), centre, x1), after, x2);
      sum2 = multiplyAdd(multiplyAdd(multiplyAdd(sum2, before, x1), centre, x2), after, x3);
      sum3 = multiplyAdd(multiplyAdd(sum3, before, x2), centre, x3);
      weight += TAPS * tapBytes;
      row += ROW_4 * F32;
    }
    const to = ACTIVATIONS_1 + (channel * ROW_4 + 1) * F32;
    storeTransposed(relu(sum0), relu(sum1), relu(sum2), relu(sum3), to, ROW_4 * F32);
  }
}

/** 128 -> 64 channels; stride 2 makes two frames of four: the first around frame 0, the second around frame 2. */
export function convolution2(): void {
  const tapBytes = CHANNELS_2 * F32;
  const none = f32x4.splat(0);
  for (let channel: usize = 0; channel < CHANNELS_2; channel += LANES) {
    const bias = v128.load(BIAS_2 + channel * F32);
    let sum0 = bias, sum1 = bias;
    let weight = CONVOLUTION_2 + channel * F32;
    let row = ACTIVATIONS_1 + F32;
    for (let from: usize = 0; from < CHANNELS_1; from++) {
      const before = v128.load(weight);
      const centre = v128.load(weight + tapBytes);
      const after = v128.load(weight + 2 * tapBytes);
      const x1 = spread(row + F32);
      sum0 = multiplyAdd(multiplyAdd(sum0, centre, spread(row)), after, x1);
      sum1 = multiplyAdd(
        multiplyAdd(multiplyAdd(sum1, before, x1), centre, spread(row + 2 * F32)),
        after,
        spread(row + 3 * F32),
      );
      weight += TAPS * tapBytes;
      row += ROW_4 * F32;
    }
    // Rows of four floats: one zero before and one after the two frames.
    storeTransposed(none, relu(sum0), relu(sum1), none, ACTIVATIONS_2 + channel * ROW_2 * F32, ROW_2 * F32);
  }
}

/** 64 -> 64 channels; stride 2 leaves one frame, which sees frames 0 and 1 and the zero before them. */
export function convolution3(): void {
  const tapBytes = CHANNELS_3 * F32;
  for (let channel: usize = 0; channel < CHANNELS_3; channel += LANES) {
    let sum = v128.load(BIAS_3 + channel * F32);
    let weight = CONVOLUTION_3 + channel * F32;
    let row = ACTIVATIONS_2 + F32;
    for (let from: usize = 0; from < CHANNELS_2; from++) {
      sum = multiplyAdd(sum, v128.load(weight + tapBytes), spread(row));
      sum = multiplyAdd(sum, v128.load(weight + 2 * tapBytes), spread(row + F32));
      weight += TAPS * tapBytes;
      row += ROW_2 * F32;
    }
    v128.store(ACTIVATIONS_3 + channel * F32, relu(sum));
  }
}

/** 64 -> 128 channels of the one frame: both its neighbours are padding, so only the centre tap counts. */
export function convolution4(): void {
  const tapBytes = CHANNELS_4 * F32;
  for (let channel: usize = 0; channel < CHANNELS_4; channel += 2 * LANES) {
    let sumA = v128.load(BIAS_4 + channel * F32);
    let sumB = v128.load(BIAS_4 + channel * F32 + REGISTER);
    let weight = CONVOLUTION_4 + tapBytes + channel * F32;
    for (let from: usize = 0; from < CHANNELS_3; from++) {
      const x = spread(ACTIVATIONS_3 + from * F32);
      sumA = multiplyAdd(sumA, v128.load(weight), x);
      sumB = multiplyAdd(sumB, v128.load(weight + REGISTER), x);
      weight += TAPS * tapBytes;
    }
    v128.store(ACTIVATIONS_4 + channel * F32, relu(sumA));
    v128.store(ACTIVATIONS_4 + channel * F32 + REGISTER, relu(sumB));
  }
}

/** The sums of the LSTM's gates: 128 inputs and 128 hidden values -> 512. */
export function sumGates(state: usize): void {
  const rowBytes = GATES * F32;
  for (let gate: usize = 0; gate < GATES; gate += 4 * LANES) {
    const at = gate * F32;
    let sumA = v128.load(LSTM_BIAS + at);
    let sumB = v128.load(LSTM_BIAS + at + REGISTER);
    let sumC = v128.load(LSTM_BIAS + at + 2 * REGISTER);
    let sumD = v128.load(LSTM_BIAS + at + 3 * REGISTER);
    // The matrix of the hidden values follows that of the inputs: one run over both, only the vector changes.
    let weight = LSTM_OF_INPUT + at;
    let x = ACTIVATIONS_4;
    for (let part = 0; part < 2; part++) {
      for (let i: usize = 0; i < HIDDEN; i++) {
        const value = spread(x);
        sumA = multiplyAdd(sumA, v128.load(weight), value);
        sumB = multiplyAdd(sumB, v128.load(weight + REGISTER), value);
        sumC = multiplyAdd(sumC, v128.load(weight + 2 * REGISTER), value);
        sumD = multiplyAdd(sumD, v128.load(weight + 3 * REGISTER), value);
        weight += rowBytes;
        x += F32;
      }
      weight = LSTM_OF_HIDDEN + at;
      x = state + STATE_HIDDEN;
    }
    v128.store(GATE_SUMS + at, sumA);
    v128.store(GATE_SUMS + at + REGISTER, sumB);
    v128.store(GATE_SUMS + at + 2 * REGISTER, sumC);
    v128.store(GATE_SUMS + at + 3 * REGISTER, sumD);
  }
}

/** The LSTM cell, and the decoder on what it gives out: the probability of speech in this window. */
export function decide(state: usize): f32 {
  let sum = load<f32>(DECODER_BIAS);
  for (let unit: usize = 0; unit < HIDDEN; unit++) {
    const at = unit * F32;
    const input = sigmoid(load<f32>(GATE_SUMS + at));
    const forget = sigmoid(load<f32>(GATE_SUMS + HIDDEN * F32 + at));
    const candidate = tanh(load<f32>(GATE_SUMS + 2 * HIDDEN * F32 + at));
    const output = sigmoid(load<f32>(GATE_SUMS + 3 * HIDDEN * F32 + at));
    const cell = forget * load<f32>(state + STATE_CELL + at) + input * candidate;
    const hidden = output * tanh(cell);
    store<f32>(state + STATE_CELL + at, cell);
    store<f32>(state + STATE_HIDDEN + at, hidden);
    sum += load<f32>(DECODER + at) * max<f32>(hidden, 0);
  }
  return sigmoid(sum);
}
