import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeG711, loadSilero, SILERO_WINDOW_SAMPLES, type SileroRuntime } from '../src/index.ts';
import { buildRecord } from '../tools/silero-build-record.ts';

const silero = new URL('../src/silero/', import.meta.url);
const fixtures = new URL('fixtures/silero/', import.meta.url);

let runtime: SileroRuntime;
let signal: Int16Array;
/** What ONNX Runtime makes of the signal's windows; see tools/record-reference.ts. */
let reference: Float32Array;

beforeAll(async () => {
  runtime = await loadSilero();
  const payload = readFileSync(new URL('signal.ulaw', fixtures));
  signal = new Int16Array(payload.length);
  decodeG711('mu', payload, 0, payload.length, signal, 0);
  reference = new Float32Array(new Uint8Array(readFileSync(new URL('probabilities.f32', fixtures))).buffer);
});

function windowAt(index: number): Int16Array {
  return signal.subarray(index * SILERO_WINDOW_SAMPLES, (index + 1) * SILERO_WINDOW_SAMPLES);
}

/** Probabilities of the first `count` windows by a new detector. */
function probabilities(count: number): number[] {
  const vad = runtime.createVad();
  const found = Array.from({ length: count }, (_, i) => vad.probability(windowAt(i)));
  vad.close();
  return found;
}

describe('Silero runtime', () => {
  it('gives what ONNX Runtime gives, window by window', () => {
    expect(reference.length).toBeGreaterThanOrEqual(300);
    const ours = probabilities(reference.length);
    const differences = ours.map((probability, i) => Math.abs(probability - (reference[i] ?? Number.NaN)));
    expect(Math.max(...differences)).toBeLessThan(1e-4);
    const decisions = ours.filter((probability, i) => probability >= 0.5 !== (reference[i] ?? 0) >= 0.5);
    expect(decisions).toHaveLength(0);
    // The comparison would mean little if the signal were all speech or all silence.
    const speech = ours.filter((probability) => probability >= 0.5).length / ours.length;
    expect(speech).toBeGreaterThan(0.25);
    expect(speech).toBeLessThan(0.75);
  });

  it('keeps many calls apart, also while its memory grows', () => {
    const alone = probabilities(40);
    // Far beyond the pages the module starts with: 57 states fill one.
    const vads = Array.from({ length: 300 }, () => runtime.createVad());
    for (let i = 0; i < 40; i++) for (const vad of vads) expect(vad.probability(windowAt(i))).toBe(alone[i]);
    for (const vad of vads) vad.close();
  });

  it('starts a call that takes a closed call over from nothing', () => {
    const [first = 0] = probabilities(1);
    const vad = runtime.createVad();
    for (let i = 0; i < 60; i++) vad.probability(windowAt(i));
    vad.close();
    expect(runtime.createVad().probability(windowAt(0))).toBe(first);
  });

  it('forgets all on reset', () => {
    const fresh = probabilities(20);
    const vad = runtime.createVad();
    for (let i = 50; i < 90; i++) vad.probability(windowAt(i));
    vad.reset();
    expect(Array.from({ length: 20 }, (_, i) => vad.probability(windowAt(i)))).toEqual(fresh);
    vad.close();
  });

  it('refuses windows of another length and use after close', () => {
    const vad = runtime.createVad();
    expect(() => vad.probability(new Int16Array(160))).toThrow(expect.objectContaining({ code: 'frame_length' }));
    vad.close();
    vad.close();
    expect(() => vad.probability(windowAt(0))).toThrow(expect.objectContaining({ code: 'audio_closed' }));
    expect(() => vad.reset()).toThrow(expect.objectContaining({ code: 'audio_closed' }));
  });

  it('was compiled from the sources and weights that are here', () => {
    // After a change run tools/build-silero.ts (and tools/extract-weights.ts for the weights).
    const recorded: unknown = JSON.parse(readFileSync(new URL('silero-build.json', silero), 'utf8'));
    expect(buildRecord(silero)).toEqual(recorded);
  });
});
