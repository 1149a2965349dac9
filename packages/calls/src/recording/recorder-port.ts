/** A media thread's way to the recording thread. */
import type { MessagePort } from 'node:worker_threads';
import type { RecordingFault, RecordingPlan } from './plan.ts';
import { blockFrames, type FromRecorder, recordingChannels, type ToRecorder } from './protocol.ts';

/** Blocks kept for the next recording: a second of a few calls that begin and end. */
const mostSpareBlocks = 16;

export interface RecordingListener {
  written(): void;
  failed(fault: RecordingFault): void;
}

export class RecorderPort {
  #port: MessagePort;
  readonly #listeners = new Map<string, RecordingListener>();
  readonly #spare: Int16Array<ArrayBuffer>[] = [];

  constructor(port: MessagePort) {
    this.#port = port;
    this.#listen(port);
  }

  /** The recording thread died and another one took its place: what was being recorded ends. */
  replace(port: MessagePort): void {
    this.#port = port;
    this.#listen(port);
    for (const listener of [...this.#listeners.values()]) listener.failed('recorder_lost');
    this.#listeners.clear();
  }

  begin(plan: RecordingPlan, listener: RecordingListener): void {
    this.#listeners.set(plan.id, listener);
    this.#post({ type: 'begin', plan }, []);
  }

  /** Silent or not: whoever takes it writes every sample that is sent. */
  takeBlock(): Int16Array<ArrayBuffer> {
    return this.#spare.pop() ?? new Int16Array(blockFrames * recordingChannels);
  }

  send(block: Extract<ToRecorder, { type: 'block' }>): void {
    if (block.isLast) this.#listeners.delete(block.id);
    this.#post(block, [block.samples.buffer]);
  }

  #listen(port: MessagePort): void {
    port.on('message', (message: FromRecorder) => {
      if (message.type === 'free') {
        if (this.#spare.length < mostSpareBlocks) this.#spare.push(message.samples);
        this.#listeners.get(message.id)?.written();
        return;
      }
      const listener = this.#listeners.get(message.id);
      this.#listeners.delete(message.id);
      listener?.failed(message.fault);
    });
  }

  #post(message: ToRecorder, transfer: readonly ArrayBuffer[]): void {
    this.#port.postMessage(message, transfer);
  }
}
