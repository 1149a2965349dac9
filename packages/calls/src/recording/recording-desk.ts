/** All recordings of one media thread, on the recording thread. Blocks of a recording are written in their order. */
import type { MessagePort } from 'node:worker_threads';
import type { RecordingFault, RecordingPlan } from './plan.ts';
import type { FromRecorder, RecorderReport, ToRecorder } from './protocol.ts';
import { RecordingFile } from './recording-file.ts';

interface Kept {
  readonly plan: RecordingPlan;
  /** Undefined when it could not be opened or written: its blocks go back unused. */
  file: Promise<RecordingFile | undefined>;
  isEnded: boolean;
}

export class RecordingDesk {
  readonly #port: MessagePort;
  readonly #report: (report: RecorderReport) => void;
  readonly #kept = new Map<string, Kept>();
  /** Resolves when the media thread is gone and every recording of it is whole. */
  readonly closed: Promise<void>;

  constructor(port: MessagePort, report: (report: RecorderReport) => void, nextSerial: () => number) {
    this.#port = port;
    this.#report = report;
    port.on('message', (message: ToRecorder) => {
      if (message.type === 'begin') this.#begin(message.plan, nextSerial());
      else this.#take(message);
    });
    this.closed = new Promise((resolve) => {
      port.once('close', () => {
        const open = [...this.#kept.values()];
        for (const kept of open) this.#end(kept);
        resolve(Promise.all(open.map(({ file }) => file)).then(() => undefined));
      });
    });
  }

  #begin(plan: RecordingPlan, serial: number): void {
    const file = RecordingFile.open(plan, serial).catch((error: unknown) => this.#fail(plan.id, error));
    this.#kept.set(plan.id, { plan, file, isEnded: false });
  }

  #take({ id, samples, frames, missing, isLast }: Extract<ToRecorder, { type: 'block' }>): void {
    const kept = this.#kept.get(id);
    if (!kept || kept.isEnded) return;
    kept.file = kept.file.then(async (file) => {
      const written = await file?.write(samples, frames, missing).then(
        () => file,
        async (error: unknown) => {
          this.#fail(id, error);
          await this.#finish(id, file);
          return undefined;
        },
      );
      this.#post({ type: 'free', id, samples }, [samples.buffer]);
      return written;
    });
    if (isLast) this.#end(kept);
  }

  #end(kept: Kept): void {
    if (kept.isEnded) return;
    kept.isEnded = true;
    const { id } = kept.plan;
    kept.file = kept.file.then(async (file) => {
      if (file) await this.#finish(id, file);
      this.#kept.delete(id);
      return undefined;
    });
  }

  /** What could be written is kept. */
  async #finish(id: string, file: RecordingFile): Promise<void> {
    try {
      this.#report({ type: 'finished', recording: await file.finish() });
    } catch (error) {
      await file.abandon().catch(() => undefined);
      this.#fail(id, error);
    }
  }

  #fail(id: string, error: unknown): undefined {
    const isFull = error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
    const fault: RecordingFault = isFull ? 'disk_full' : 'write_failed';
    this.#post({ type: 'failed', id, fault }, []);
    this.#report({ type: 'failed', id, message: error instanceof Error ? error.message : String(error) });
    return undefined;
  }

  #post(message: FromRecorder, transfer: readonly ArrayBuffer[]): void {
    this.#port.postMessage(message, transfer);
  }
}
