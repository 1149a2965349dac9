/**
 * The part of WASI preview 1 a command needs that reads its arguments, prints, and writes one file: all in memory,
 * with no access to the machine. Node's own `node:wasi` would need a temporary file per sentence and is experimental.
 */

/** Node has the global, the compiler's ES library does not: the part used here. */
interface WasmMemory {
  readonly buffer: ArrayBuffer;
}
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new () => WasmMemory;
  readonly Instance: new (
    module: object,
    imports: Record<string, Record<string, unknown>>,
  ) => { readonly exports: Record<string, unknown> };
};

/** The name under which the command may write its one file. */
export const OUTPUT_PATH = '/out/sound';

export interface CommandResult {
  readonly exitCode: number;
  /** What was printed, standard output and errors together. */
  readonly printed: string;
  readonly file: Uint8Array;
}

const SUCCESS = 0;
const BAD_DESCRIPTOR = 8;
const NOT_SEEKABLE = 70;

const CHARACTER_DEVICE = 2;
const DIRECTORY = 3;
const REGULAR_FILE = 4;
/** 0 to 2 are the standard streams; the first directory given in advance is always 3. */
const OUTPUT_DIRECTORY = 3;
const OUTPUT_FILE = 4;

const directoryName = OUTPUT_PATH.slice(0, OUTPUT_PATH.lastIndexOf('/'));

/** Thrown through the WASM frames by `proc_exit`, the only way to unwind them. */
class CommandExit extends Error {
  readonly code: number;
  constructor(code: number) {
    super(`exit ${code}`);
    this.name = 'CommandExit';
    this.code = code;
  }
}

/** A command instantiated ahead of time; `run` may be called once. Throws WebAssembly.RuntimeError when it traps. */
export interface PreparedCommand {
  run(args: readonly string[]): CommandResult;
}

/** Compiles once; each call of the result makes a fresh instance, since a command's memory cannot be used twice. */
export function compileCommand(wasm: Uint8Array): () => PreparedCommand {
  const module = new WebAssembly.Module(wasm);
  return () => prepareCommand(module);
}

function prepareCommand(module: object): PreparedCommand {
  let args: readonly Uint8Array[] = [];
  const printed: Uint8Array[] = [];
  const written: Uint8Array[] = [];

  const instance = new WebAssembly.Instance(module, {
    wasi_snapshot_preview1: {
      args_sizes_get(countAt: number, sizeAt: number) {
        const view = memoryView();
        view.setUint32(countAt, args.length, true);
        view.setUint32(
          sizeAt,
          args.reduce((sum, arg) => sum + arg.length + 1, 0),
          true,
        );
        return SUCCESS;
      },
      args_get(pointersAt: number, bytesAt: number) {
        const view = memoryView();
        const bytes = memoryBytes();
        let at = bytesAt;
        for (const [index, arg] of args.entries()) {
          view.setUint32(pointersAt + 4 * index, at, true);
          bytes.set(arg, at);
          bytes[at + arg.length] = 0;
          at += arg.length + 1;
        }
        return SUCCESS;
      },
      clock_time_get(_clock: number, _precision: bigint, timeAt: number) {
        memoryView().setBigUint64(timeAt, process.hrtime.bigint(), true);
        return SUCCESS;
      },
      fd_close: () => SUCCESS,
      fd_fdstat_get(descriptor: number, statAt: number) {
        if (descriptor > OUTPUT_FILE) return BAD_DESCRIPTOR;
        const view = memoryView();
        view.setUint8(
          statAt,
          descriptor === OUTPUT_DIRECTORY ? DIRECTORY : descriptor === OUTPUT_FILE ? REGULAR_FILE : CHARACTER_DEVICE,
        );
        view.setUint16(statAt + 2, 0, true);
        // Every right, for itself and for what is opened in it.
        view.setBigUint64(statAt + 8, 0xffff_ffff_ffff_ffffn, true);
        view.setBigUint64(statAt + 16, 0xffff_ffff_ffff_ffffn, true);
        return SUCCESS;
      },
      fd_fdstat_set_flags: () => SUCCESS,
      fd_prestat_get(descriptor: number, statAt: number) {
        if (descriptor !== OUTPUT_DIRECTORY) return BAD_DESCRIPTOR;
        const view = memoryView();
        view.setUint8(statAt, 0);
        view.setUint32(statAt + 4, directoryName.length, true);
        return SUCCESS;
      },
      fd_prestat_dir_name(_descriptor: number, nameAt: number, length: number) {
        memoryBytes().set(new TextEncoder().encode(directoryName).subarray(0, length), nameAt);
        return SUCCESS;
      },
      fd_read: () => BAD_DESCRIPTOR,
      fd_seek: () => NOT_SEEKABLE,
      fd_write(descriptor: number, vectorsAt: number, count: number, writtenAt: number) {
        const view = memoryView();
        const bytes = memoryBytes();
        let total = 0;
        for (let index = 0; index < count; index++) {
          const from = view.getUint32(vectorsAt + 8 * index, true);
          const length = view.getUint32(vectorsAt + 8 * index + 4, true);
          (descriptor === OUTPUT_FILE ? written : printed).push(bytes.slice(from, from + length));
          total += length;
        }
        view.setUint32(writtenAt, total, true);
        return SUCCESS;
      },
      path_open(...parameters: [...unknown[], number]) {
        memoryView().setUint32(parameters.at(-1) as number, OUTPUT_FILE, true);
        return SUCCESS;
      },
      proc_exit(code: number) {
        throw new CommandExit(code);
      },
    },
  });
  const { memory, _start: start } = instance.exports;
  if (!(memory instanceof WebAssembly.Memory) || typeof start !== 'function')
    throw new TypeError('The module is no WASI command: it exports no memory or no _start.');
  // Growing the memory replaces its buffer, so views are made where they are used.
  const memoryView = () => new DataView(memory.buffer);
  const memoryBytes = () => new Uint8Array(memory.buffer);

  return {
    run(commandArgs) {
      const encoder = new TextEncoder();
      args = commandArgs.map((arg) => encoder.encode(arg));
      let exitCode = 0;
      try {
        start();
      } catch (error) {
        if (!(error instanceof CommandExit)) throw error;
        exitCode = error.code;
      }
      return { exitCode, printed: Buffer.concat(printed).toString(), file: Buffer.concat(written) };
    },
  };
}
