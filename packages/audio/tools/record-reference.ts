/**
 * Writes tests/fixtures/silero: a signal (raw mu-law, 8 kHz) and the speech probabilities that ONNX Runtime computes for
 * its windows with the original model. Needs tests/fixtures/speech (record-speech.ts).
 * Run it from anywhere: node packages/audio/tools/record-reference.ts
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as ort from 'onnxruntime-web';
import { decodeG711, encodeG711 } from '../src/g711.ts';
import { SILERO_WINDOW_SAMPLES } from '../src/silero/silero.ts';
import { sine } from '../src/tone.ts';
import { pinkNoise, whiteNoise } from '../tests/noise.ts';

const SAMPLE_RATE = 8000;
/** Samples of the window before that the model also wants. */
const CONTEXT_SAMPLES = 32;
const HIDDEN = 128;

const fixtures = new URL('../tests/fixtures/', import.meta.url);

function speech(file: string): Int16Array {
  const payload = readFileSync(new URL(`speech/${file}`, fixtures));
  const samples = new Int16Array(payload.length);
  decodeG711('mu', payload, 0, payload.length, samples, 0);
  return samples;
}

function mixed(a: Int16Array, b: Int16Array): Int16Array {
  return a.map((sample, i) => sample + (b[i] ?? 0));
}

/** A buzz with moving formants, half-way between speech and music: probabilities that are neither 0 nor 1. */
function syntheticVoice(samples: number): Int16Array {
  let phase = 0;
  return Int16Array.from({ length: samples }, (_, i) => {
    const seconds = i / SAMPLE_RATE;
    phase += (2 * Math.PI * (130 + 40 * Math.sin(5 * seconds))) / SAMPLE_RATE;
    const formant = 700 + 500 * Math.sin(9 * seconds);
    let value = 0;
    for (let n = 1; n < 24; n++) value += Math.sin(n * phase) / (1 + ((n * 130 - formant) / 250) ** 2);
    return Math.round(2500 * value * Math.max(0, Math.sin(13 * seconds)));
  });
}

const second = SAMPLE_RATE;
const parts = [
  new Int16Array(second / 2),
  speech('rms-hours.ulaw'),
  whiteNoise(second, -40),
  speech('slt-six.ulaw'),
  syntheticVoice(2 * second),
  pinkNoise(second / 2, -30),
  mixed(speech('slt-hours.ulaw'), pinkNoise(2 * second, -32)),
  sine({ frequencyHz: 440, sampleRate: SAMPLE_RATE, durationMs: 500, levelDbfs: -12 }),
  mixed(speech('rms-six.ulaw'), speech('slt-night.ulaw')),
  // As loud as a line can be: the arithmetic at its limits.
  whiteNoise(second / 4, -3),
  new Int16Array(second / 4),
];
const joined = Int16Array.from(parts.flatMap((part) => [...part]));
const windows = Math.floor(joined.length / SILERO_WINDOW_SAMPLES);
const payload = new Uint8Array(windows * SILERO_WINDOW_SAMPLES);
encodeG711('mu', joined, 0, payload.length, payload, 0);
const signal = new Int16Array(payload.length);
decodeG711('mu', payload, 0, payload.length, signal, 0);

const model = readFileSync(createRequire(import.meta.url).resolve('@ricky0123/vad-web/dist/silero_vad_v6.onnx'));
ort.env.wasm.numThreads = 1;
const session = await ort.InferenceSession.create(model);
const rate = new ort.Tensor('int64', BigInt64Array.of(BigInt(SAMPLE_RATE)), []);
let state = new ort.Tensor('float32', new Float32Array(2 * HIDDEN), [2, 1, HIDDEN]);
const input = new Float32Array(CONTEXT_SAMPLES + SILERO_WINDOW_SAMPLES);
const probabilities = new Float32Array(windows);
for (let window = 0; window < windows; window++) {
  input.copyWithin(0, SILERO_WINDOW_SAMPLES);
  for (let i = 0; i < SILERO_WINDOW_SAMPLES; i++)
    input[CONTEXT_SAMPLES + i] = (signal[window * SILERO_WINDOW_SAMPLES + i] ?? 0) / 0x8000;
  const { output, stateN } = await session.run({
    input: new ort.Tensor('float32', input.slice(), [1, input.length]),
    state,
    sr: rate,
  });
  if (!(output?.data instanceof Float32Array) || !(stateN?.data instanceof Float32Array))
    throw new Error('The model does not answer with floats: it is not the one this tool was written for.');
  probabilities[window] = output.data[0] ?? Number.NaN;
  state = new ort.Tensor('float32', stateN.data, [2, 1, HIDDEN]);
}

const folder = new URL('silero/', fixtures);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('signal.ulaw', folder), payload);
writeFileSync(new URL('probabilities.f32', folder), new Uint8Array(probabilities.buffer));
const speechWindows = probabilities.filter((probability) => probability >= 0.5).length;
process.stdout.write(`${windows} windows, ${speechWindows} of them speech\n`);
