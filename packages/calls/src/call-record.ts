import type { OpenedCall } from './directory.ts';
import type { CallEvent } from './events.ts';

/** A write that fails is tried again after these waits before its events count as lost: a database restart takes seconds. */
const defaultRetryDelaysMs = [100, 500, 2000, 5000, 10_000];

/** Writes events of one call in order, one batch at a time; what arrives during a write goes into the next batch. */
export class CallRecordWriter {
  readonly #append: (call: OpenedCall, events: readonly CallEvent[]) => Promise<void>;
  readonly #call: OpenedCall;
  readonly #onFailure: (error: unknown, lost: number) => void;
  readonly #retryDelaysMs: readonly number[];
  #waiting: CallEvent[] = [];
  #writing: Promise<void> | undefined;

  constructor(
    call: OpenedCall,
    append: (call: OpenedCall, events: readonly CallEvent[]) => Promise<void>,
    onFailure: (error: unknown, lost: number) => void,
    retryDelaysMs: readonly number[] = defaultRetryDelaysMs,
  ) {
    this.#retryDelaysMs = retryDelaysMs;
    this.#call = call;
    this.#append = append;
    this.#onFailure = onFailure;
  }

  add(events: readonly CallEvent[]): void {
    this.#waiting.push(...events);
    this.#writing ??= this.#drain();
  }

  /** Resolves when everything added so far is stored (or given up). */
  async settled(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      await this.#write(batch);
    }
    this.#writing = undefined;
  }

  async #write(batch: readonly CallEvent[]): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        await this.#append(this.#call, batch);
        return;
      } catch (error) {
        const delayMs = this.#retryDelaysMs[attempt];
        if (delayMs === undefined) {
          this.#onFailure(error, batch.length);
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, delayMs));
      }
    }
  }
}
