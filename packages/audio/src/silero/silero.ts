/**
 * Silero VAD 6 for 8 kHz sound in our own WebAssembly runtime: one network per thread, one small state per call.
 * The network and its layout are in `assembly/`, the weights' licence in `LICENSE-silero`.
 */

import { readFile } from 'node:fs/promises';
import { AudioError } from '../audio-error.ts';

/** What this file uses of Node's WebAssembly, which @types/node leaves to browser types. */
declare const WebAssembly: {
  readonly Memory: new (size: { initial: number }) => WasmMemory;
  readonly Global: new (type: { value: 'i32' }) => { readonly value: unknown };
  instantiate(code: Uint8Array): Promise<{ readonly instance: { readonly exports: WasmExports } }>;
};

interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

type WasmExports = Readonly<Record<string, unknown>>;

/** Samples in one window: 32 ms at 8 kHz, fixed by the network. */
export const SILERO_WINDOW_SAMPLES = 256;

const PAGE_BYTES = 65_536;

/** One call's stream of windows. */
export interface SileroVad {
  /**
   * Probability, 0 to 1, that somebody speaks in the next 256 samples at 8 kHz. Allocates nothing.
   * Throws AudioError `frame_length` or `audio_closed`.
   */
  probability(window: Int16Array): number;
  /** Forgets what was heard, as if the call began. */
  reset(): void;
  /** Gives the call's memory back; further use throws `audio_closed`. */
  close(): void;
}

export interface SileroRuntime {
  createVad(): SileroVad;
}

/** Loads network and weights (1 MB); call it once a thread and share the runtime between its calls. */
export async function loadSilero(): Promise<SileroRuntime> {
  const [code, weights] = await Promise.all([
    readFile(new URL('silero.wasm', import.meta.url)),
    readFile(new URL('weights.bin', import.meta.url)),
  ]);
  const { instance } = await WebAssembly.instantiate(code);
  return new Runtime(new Network(instance.exports, weights));
}

/** The instance's exports, checked, and views of its memory that stay right when it grows. */
class Network {
  readonly run: (state: number) => number;
  readonly statesAt: number;
  readonly stateBytes: number;
  readonly #memory: WasmMemory;
  readonly #inputAt: number;
  /** Growing the memory detaches views, so this one is renewed then. */
  input: Int16Array;

  constructor(exports: WasmExports, weights: Uint8Array) {
    const { memory, probability } = exports;
    if (!(memory instanceof WebAssembly.Memory) || typeof probability !== 'function') throw wrongModule('memory');
    this.#memory = memory;
    this.run = (state) => Number(probability(state));
    this.#inputAt = addressOf(exports, 'INPUT');
    this.statesAt = addressOf(exports, 'STATES');
    this.stateBytes = addressOf(exports, 'STATE_BYTES');
    this.input = new Int16Array(0);
    this.reserve(this.statesAt);
    new Uint8Array(memory.buffer).set(weights, addressOf(exports, 'WEIGHTS'));
  }

  /** Makes memory reach at least to `end`. */
  reserve(end: number): void {
    const missing = end - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE_BYTES));
    this.input = new Int16Array(this.#memory.buffer, this.#inputAt, SILERO_WINDOW_SAMPLES);
  }

  clearState(state: number): void {
    new Uint8Array(this.#memory.buffer, state, this.stateBytes).fill(0);
  }
}

class Runtime implements SileroRuntime {
  readonly #network: Network;
  /** Addresses of slots whose call has ended. */
  readonly #free: number[] = [];
  #slots = 0;

  constructor(network: Network) {
    this.#network = network;
  }

  createVad(): SileroVad {
    return new Vad(this.#network, this.#takeSlot(), (state) => this.#free.push(state));
  }

  #takeSlot(): number {
    const freed = this.#free.pop();
    if (freed !== undefined) return freed;
    const { statesAt, stateBytes } = this.#network;
    const state = statesAt + this.#slots * stateBytes;
    this.#network.reserve(state + stateBytes);
    this.#slots += 1;
    return state;
  }
}

class Vad implements SileroVad {
  readonly #network: Network;
  readonly #giveBack: (state: number) => void;
  /** Address of the slot; null once closed. */
  #state: number | null;

  constructor(network: Network, state: number, giveBack: (state: number) => void) {
    this.#network = network;
    this.#state = state;
    this.#giveBack = giveBack;
    network.clearState(state);
  }

  probability(window: Int16Array): number {
    if (window.length !== SILERO_WINDOW_SAMPLES)
      throw new AudioError(
        'frame_length',
        'ours',
        `Silero takes ${SILERO_WINDOW_SAMPLES} samples at a time, not ${window.length}; collect frames into windows.`,
      );
    const state = this.#openState();
    this.#network.input.set(window);
    return this.#network.run(state);
  }

  reset(): void {
    this.#network.clearState(this.#openState());
  }

  close(): void {
    if (this.#state !== null) this.#giveBack(this.#state);
    this.#state = null;
  }

  #openState(): number {
    if (this.#state === null)
      throw new AudioError('audio_closed', 'ours', 'This voice activity detector was closed with its call.');
    return this.#state;
  }
}

function addressOf(exports: WasmExports, name: string): number {
  const value = exports[name];
  if (!(value instanceof WebAssembly.Global)) throw wrongModule(name);
  return Number(value.value);
}

function wrongModule(missing: string): AudioError {
  return new AudioError(
    'silero_damaged',
    'ours',
    `silero.wasm has no ${missing}: it was not built from this source. Run packages/audio/tools/build-silero.ts.`,
  );
}
