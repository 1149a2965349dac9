// Where everything lies in memory. `weights.bin` is copied to WEIGHTS as it is, so the order of the first half is the
// order of tools/extract-weights.ts. Every matrix is input-major ([input][tap][output]): the four outputs that a SIMD
// register holds are then neighbours, and one input is spread over all of them.

const F32: usize = 4;

/** Samples a window brings, at 8 kHz (32 ms). */
export const WINDOW: usize = 256;
/** Samples the network also sees of the window before. */
export const CONTEXT: usize = 32;
/** Samples mirrored at the end, so that the last frame of the transform is whole. */
export const MIRRORED: usize = 32;

/** The short-time transform: 4 frames of 128 samples, 64 apart. */
export const FRAME: usize = 128;
export const HOP: usize = 64;
export const BINS: usize = 65;
/** Whole SIMD registers; the three bins beyond are zero. */
export const PADDED_BINS: usize = 68;

export const TAPS: usize = 3;
/** A row of four frames with a zero on either side, which is the padding of a convolution of three taps. */
export const ROW_4: usize = 6;
export const ROW_2: usize = 4;

/** Channels after each of the four convolutions. */
export const CHANNELS_1: usize = 128;
export const CHANNELS_2: usize = 64;
export const CHANNELS_3: usize = 64;
export const CHANNELS_4: usize = 128;

/** Units of the LSTM. Its gates come in PyTorch's order: input, forget, cell, output. */
export const HIDDEN: usize = 128;
export const GATES: usize = 4 * HIDDEN;

// Weights. AssemblyScript keeps what lies below __heap_base to itself.
export const WEIGHTS: usize = (__heap_base + 63) & ~63;
export const TRANSFORM_REAL: usize = WEIGHTS;
export const TRANSFORM_IMAGINARY: usize = TRANSFORM_REAL + FRAME * PADDED_BINS * F32;
export const CONVOLUTION_1: usize = TRANSFORM_IMAGINARY + FRAME * PADDED_BINS * F32;
export const BIAS_1: usize = CONVOLUTION_1 + BINS * TAPS * CHANNELS_1 * F32;
export const CONVOLUTION_2: usize = BIAS_1 + CHANNELS_1 * F32;
export const BIAS_2: usize = CONVOLUTION_2 + CHANNELS_1 * TAPS * CHANNELS_2 * F32;
export const CONVOLUTION_3: usize = BIAS_2 + CHANNELS_2 * F32;
export const BIAS_3: usize = CONVOLUTION_3 + CHANNELS_2 * TAPS * CHANNELS_3 * F32;
export const CONVOLUTION_4: usize = BIAS_3 + CHANNELS_3 * F32;
export const BIAS_4: usize = CONVOLUTION_4 + CHANNELS_3 * TAPS * CHANNELS_4 * F32;
export const LSTM_OF_INPUT: usize = BIAS_4 + CHANNELS_4 * F32;
export const LSTM_OF_HIDDEN: usize = LSTM_OF_INPUT + CHANNELS_4 * GATES * F32;
export const LSTM_BIAS: usize = LSTM_OF_HIDDEN + HIDDEN * GATES * F32;
export const DECODER: usize = LSTM_BIAS + GATES * F32;
export const DECODER_BIAS: usize = DECODER + HIDDEN * F32;
export const WEIGHTS_END: usize = DECODER_BIAS + 4 * F32;

// What one pass works on; the same for all calls of the thread.
/** 256 16-bit samples, written by the caller of `probability`. */
export const INPUT: usize = (WEIGHTS_END + 63) & ~63;
/** Context, window and mirrored samples as floats from -1 to 1. */
export const SIGNAL: usize = INPUT + WINDOW * 2;
/** [bin][pad, 4 frames, pad] */
export const MAGNITUDES: usize = SIGNAL + (CONTEXT + WINDOW + MIRRORED) * F32;
/** [channel][pad, 4 frames, pad] */
export const ACTIVATIONS_1: usize = MAGNITUDES + PADDED_BINS * ROW_4 * F32;
/** [channel][pad, 2 frames, pad] */
export const ACTIVATIONS_2: usize = ACTIVATIONS_1 + CHANNELS_1 * ROW_4 * F32;
/** [channel], one frame is left */
export const ACTIVATIONS_3: usize = ACTIVATIONS_2 + CHANNELS_2 * ROW_2 * F32;
export const ACTIVATIONS_4: usize = ACTIVATIONS_3 + CHANNELS_3 * F32;
export const GATE_SUMS: usize = ACTIVATIONS_4 + CHANNELS_4 * F32;

// What a call keeps from window to window: one slot each, as many as memory is grown for.
export const STATES: usize = (GATE_SUMS + GATES * F32 + 63) & ~63;
export const STATE_HIDDEN: usize = 0;
export const STATE_CELL: usize = STATE_HIDDEN + HIDDEN * F32;
export const STATE_CONTEXT: usize = STATE_CELL + HIDDEN * F32;
export const STATE_BYTES: usize = STATE_CONTEXT + CONTEXT * F32;
