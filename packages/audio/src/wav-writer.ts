/** Writes a WAV file while a call goes on, without ever making the caller of `write` wait for the disk. */

import { type FileHandle, open } from 'node:fs/promises';
import { AudioError } from './audio-error.ts';
import { interleave, WAV_HEADER_BYTES, wavHeader } from './wav.ts';

/** Two seconds of two channels at 8 kHz: few, large writes. */
const BLOCK_BYTES = 64 * 1024;

/** The longest data a RIFF header can speak of, a whole number of frames of up to four channels. */
const UNKNOWN_BYTES = 0xffff_ff00;

export interface WavWriterOptions {
  readonly sampleRate: number;
  readonly channels: number;
}

export interface WavWriter {
  /**
   * Appends one piece per channel, all of the same length; copies them before it returns. A piece longer than the
   * others, a wrong number of pieces or use after `close` throws.
   */
  write(channels: readonly Int16Array[]): void;
  /** Writes what is left, then the true lengths into the header. Throws AudioError `wav_write_failed`. */
  close(): Promise<void>;
}

/** Creates or replaces the file. Throws AudioError `wav_write_failed` where it cannot be opened. */
export async function openWavWriter(path: string, options: WavWriterOptions): Promise<WavWriter> {
  try {
    return new FileWavWriter(path, options, await open(path, 'w'));
  } catch (cause) {
    throw failed(path, cause);
  }
}

class FileWavWriter implements WavWriter {
  readonly #path: string;
  readonly #options: WavWriterOptions;
  readonly #file: FileHandle;
  #block = new Uint8Array(BLOCK_BYTES);
  #blockBytes = 0;
  #dataBytes = 0;
  /** The writes so far, one after the other; stays rejected from the first failure on, which `close` reports. */
  #written: Promise<void> = Promise.resolve();
  #closing: Promise<void> | null = null;

  constructor(path: string, options: WavWriterOptions, file: FileHandle) {
    this.#path = path;
    this.#options = options;
    this.#file = file;
    // Readers take a data chunk longer than the file as "to the end": a file whose process died stays readable.
    this.#queue(wavHeader(options.sampleRate, options.channels, UNKNOWN_BYTES), 0);
  }

  write(channels: readonly Int16Array[]): void {
    if (this.#closing !== null) throw new AudioError('audio_closed', 'ours', `${this.#path} is already closed.`);
    const length = channels[0]?.length ?? 0;
    if (channels.length !== this.#options.channels || channels.some((samples) => samples.length !== length))
      throw new AudioError(
        'wav_write_failed',
        'ours',
        `${this.#path} takes ${this.#options.channels} channels of equal length in each write.`,
      );
    const bytes = length * channels.length * 2;
    if (this.#blockBytes + bytes > this.#block.length) this.#sendBlock(Math.max(BLOCK_BYTES, bytes));
    interleave(channels, new DataView(this.#block.buffer, this.#blockBytes, bytes));
    this.#blockBytes += bytes;
  }

  close(): Promise<void> {
    this.#closing ??= this.#finish();
    return this.#closing;
  }

  /** Queues the filled part of the block and starts a new one of `nextBytes`. */
  #sendBlock(nextBytes: number): void {
    const filled = this.#block.subarray(0, this.#blockBytes);
    const position = WAV_HEADER_BYTES + this.#dataBytes;
    this.#dataBytes += filled.length;
    this.#block = new Uint8Array(nextBytes);
    this.#blockBytes = 0;
    this.#queue(filled, position);
  }

  #queue(bytes: Uint8Array, position: number): void {
    this.#written = this.#written.then(() => this.#writeAll(bytes, position));
    // Until `close` nobody awaits a failure, and Node must not take it for unhandled.
    this.#written.catch(() => undefined);
  }

  /** A disk may take less than asked for. */
  async #writeAll(bytes: Uint8Array, position: number): Promise<void> {
    for (let from = 0; from < bytes.length; ) {
      const { bytesWritten } = await this.#file.write(bytes, from, bytes.length - from, position + from);
      from += bytesWritten;
    }
  }

  async #finish(): Promise<void> {
    this.#sendBlock(0);
    const { sampleRate, channels } = this.#options;
    this.#queue(wavHeader(sampleRate, channels, this.#dataBytes), 0);
    try {
      await this.#written;
    } catch (cause) {
      throw failed(this.#path, cause);
    } finally {
      await this.#file.close();
    }
  }
}

function failed(path: string, cause: unknown): AudioError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AudioError(
    'wav_write_failed',
    'ours',
    `Cannot write the sound file ${path}: ${reason}. Check that the folder exists, may be written to and has room.`,
    { cause },
  );
}
