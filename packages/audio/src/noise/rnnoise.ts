/**
 * RNNoise 0.1 (Xiph.Org, BSD-3) compiled to WASM with SIMD: a small recurrent network that weighs 22 bands of 48 kHz sound.
 * One module per thread, one state per call.
 */

import { readFile } from 'node:fs/promises';
import { AudioError } from '../audio-error.ts';

/** What this file uses of Node's WebAssembly, which @types/node leaves to browser types. */
declare const WebAssembly: {
  readonly Memory: new (size: { initial: number }) => WasmMemory;
  instantiate(
    code: Uint8Array,
    imports: Readonly<Record<string, Readonly<Record<string, (a: number, b: number, c: number) => number>>>>,
  ): Promise<{ readonly instance: { readonly exports: WasmExports } }>;
};

interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

type WasmExports = Readonly<Record<string, unknown>>;
/** WASM ignores arguments that its function does not take. */
type WasmFunction = (a?: number, b?: number, c?: number) => number;

/** 10 ms at 48 kHz, fixed by the network. */
export const RNNOISE_FRAME_SAMPLES = 480;
/** Its windows overlap by half: what comes out belongs to the frame before. */
export const RNNOISE_DELAY_SAMPLES = 480;

const BYTES_PER_SAMPLE = 4;
const PAGE_BYTES = 65_536;

/** One call's stream of frames at 48 kHz. */
export interface Rnnoise {
  /**
   * Takes `samples[from, from + 480)` at 48 kHz and puts the frame before it, with less noise, in the same place.
   * Allocates nothing. Throws AudioError `audio_closed`.
   */
  process(samples: Int16Array, from: number): void;
  /** Gives the call's memory back; further use throws `audio_closed`. */
  close(): void;
}

export interface RnnoiseRuntime {
  create(): Rnnoise;
}

/** Loads network and weights (160 kB); call it once a thread and share the runtime between its calls. */
export async function loadRnnoise(): Promise<RnnoiseRuntime> {
  const code = await readFile(new URL(import.meta.resolve('@sapphi-red/web-noise-suppressor/rnnoise_simd.wasm')));
  const { instance } = await WebAssembly.instantiate(code, {
    env: {
      // Only called when the heap is full or the module is broken: `memory` exists by then.
      emscripten_resize_heap: (bytes) => (network.growTo(bytes) ? 1 : 0),
      emscripten_memcpy_big: (to, from, bytes) => network.copy(to, from, bytes),
      __assert_fail: () => {
        throw damaged('an assertion inside it failed');
      },
    },
  });
  const network = new Network(instance.exports);
  return { create: () => new State(network) };
}

/** The module's functions, checked, and views of its memory that stay right when it grows. */
class Network {
  readonly #memory: WasmMemory;
  readonly #create: WasmFunction;
  readonly #destroy: WasmFunction;
  readonly #processFrame: WasmFunction;
  readonly #frameAt: number;
  /** Growing the memory detaches views, so this one is renewed then. */
  #frame: Float32Array;

  constructor(exports: WasmExports) {
    const { memory } = exports;
    if (!(memory instanceof WebAssembly.Memory)) throw damaged('it has no memory');
    this.#memory = memory;
    functionOf(exports, '__wasm_call_ctors')();
    this.#create = functionOf(exports, 'rnnoise_create');
    this.#destroy = functionOf(exports, 'rnnoise_destroy');
    this.#processFrame = functionOf(exports, 'rnnoise_process_frame');
    // Calls are synchronous, so all streams of the thread can share one frame.
    this.#frameAt = functionOf(exports, 'malloc')(RNNOISE_FRAME_SAMPLES * BYTES_PER_SAMPLE);
    this.#frame = this.#view();
  }

  growTo(bytes: number): boolean {
    const missing = bytes - this.#memory.buffer.byteLength;
    try {
      if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE_BYTES));
    } catch {
      return false;
    }
    return true;
  }

  copy(to: number, from: number, bytes: number): number {
    new Uint8Array(this.#memory.buffer).copyWithin(to, from, from + bytes);
    return to;
  }

  createState(): number {
    const state = this.#create(0);
    if (state === 0) throw new AudioError('out_of_memory', 'ours', 'RNNoise has no memory left for another call.');
    if (this.#frame.buffer !== this.#memory.buffer) this.#frame = this.#view();
    return state;
  }

  destroyState(state: number): void {
    this.#destroy(state);
  }

  run(state: number, samples: Int16Array, from: number): void {
    const frame = this.#frame;
    for (let i = 0; i < RNNOISE_FRAME_SAMPLES; i++) frame[i] = samples[from + i] ?? 0;
    this.#processFrame(state, this.#frameAt, this.#frameAt);
    for (let i = 0; i < RNNOISE_FRAME_SAMPLES; i++) {
      samples[from + i] = Math.max(-32768, Math.min(32767, frame[i] ?? 0));
    }
  }

  #view(): Float32Array {
    return new Float32Array(this.#memory.buffer, this.#frameAt, RNNOISE_FRAME_SAMPLES);
  }
}

class State implements Rnnoise {
  readonly #network: Network;
  /** 0 once closed. */
  #state: number;

  constructor(network: Network) {
    this.#network = network;
    this.#state = network.createState();
  }

  process(samples: Int16Array, from: number): void {
    if (this.#state === 0)
      throw new AudioError('audio_closed', 'ours', 'This noise suppression was closed with its call.');
    this.#network.run(this.#state, samples, from);
  }

  close(): void {
    if (this.#state !== 0) this.#network.destroyState(this.#state);
    this.#state = 0;
  }
}

function functionOf(exports: WasmExports, name: string): WasmFunction {
  const found = exports[name];
  if (typeof found !== 'function') throw damaged(`it has no ${name}`);
  return (a, b, c) => Number(found(a, b, c));
}

function damaged(what: string): AudioError {
  return new AudioError(
    'rnnoise_damaged',
    'ours',
    `rnnoise_simd.wasm cannot be used: ${what}. Install @sapphi-red/web-noise-suppressor 0.4.1 again.`,
  );
}
