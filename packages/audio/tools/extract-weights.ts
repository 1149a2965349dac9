/**
 * Writes src/silero/weights.bin: the 8 kHz weights of Silero VAD 6 in the order in which src/silero/assembly/layout.ts
 * lays them out. Run it from anywhere: node packages/audio/tools/extract-weights.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { branchConstants } from './onnx-constants.ts';

const model = readFileSync(createRequire(import.meta.url).resolve('@ricky0123/vad-web/dist/silero_vad_v6.onnx'));
// The model's question is "is the rate 16 kHz?"; the answer no is the 8 kHz network.
const constants = branchConstants(model, 'else_branch');

/** A constant by the end of its name, checked against the shape that the runtime is written for. */
function constant(name: string, ...dimensions: readonly number[]): Float32Array {
  const [found, ...others] = [...constants].filter(([full]) => full.endsWith(name)).map(([, tensor]) => tensor);
  if (found === undefined || others.length > 0 || found.dimensions.join() !== dimensions.join())
    throw new Error(`${name} is not one constant of ${dimensions.join('x')}: the model has changed.`);
  return found.values;
}

/** rows x columns -> columns x rows, each new row padded with zeros to `padded`. */
function transposed(values: Float32Array, rows: number, columns: number, padded = rows): Float32Array {
  const out = new Float32Array(columns * padded);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) out[column * padded + row] = values[row * columns + column] ?? 0;
  return out;
}

function summed(a: Float32Array, b: Float32Array): Float32Array {
  return a.map((value, i) => value + (b[i] ?? 0));
}

const WINDOW = 128;
const BINS = 65;
const PADDED_BINS = 68;
const HIDDEN = 128;
const GATES = 4 * HIDDEN;
const ENCODERS = [
  { inputs: 65, outputs: 128 },
  { inputs: 128, outputs: 64 },
  { inputs: 64, outputs: 64 },
  { inputs: 64, outputs: 128 },
];
const TAPS = 3;

const basis = constant('stft.forward_basis_buffer', 2 * BINS, 1, WINDOW);
const parts = [
  transposed(basis.subarray(0, BINS * WINDOW), BINS, WINDOW, PADDED_BINS),
  transposed(basis.subarray(BINS * WINDOW), BINS, WINDOW, PADDED_BINS),
  ...ENCODERS.flatMap(({ inputs, outputs }, i) => [
    transposed(constant(`encoder.${i}.reparam_conv.weight`, outputs, inputs, TAPS), outputs, inputs * TAPS),
    constant(`encoder.${i}.reparam_conv.bias`, outputs),
  ]),
  transposed(constant('decoder.rnn.weight_ih', GATES, HIDDEN), GATES, HIDDEN),
  transposed(constant('decoder.rnn.weight_hh', GATES, HIDDEN), GATES, HIDDEN),
  // The two biases are only ever added to each other.
  summed(constant('decoder.rnn.bias_ih', GATES), constant('decoder.rnn.bias_hh', GATES)),
  constant('decoder.decoder.2.weight', 1, HIDDEN, 1),
  // Padded to a whole SIMD register.
  Float32Array.of(...constant('decoder.decoder.2.bias', 1), 0, 0, 0),
];

const bytes = Buffer.concat(parts.map((part) => new Uint8Array(part.buffer, part.byteOffset, part.byteLength)));
writeFileSync(new URL('../src/silero/weights.bin', import.meta.url), bytes);
process.stdout.write(`weights.bin: ${bytes.length / 4} floats, ${bytes.length} bytes\n`);
