import { CallRecordWriter } from './call-record.ts';
import type { Logger } from './call-service.ts';
import type { CallDirectory, OpenedCall } from './directory.ts';
import type { CallEvent, CallEventBody } from './events.ts';

export interface CallJournalOptions {
  /** `performance.timeOrigin + performance.now()` of the call's first event. */
  readonly originMs: number;
  readonly directory: Pick<CallDirectory, 'appendEvents'>;
  readonly log: Logger;
}

/** The events of one call from the first on, although the call itself is stored a moment later. */
export class CallJournal {
  readonly #options: CallJournalOptions;
  #nextSeq = 0;
  /** What happened before the call was stored. */
  #early: CallEvent[] = [];
  #opened: OpenedCall | undefined;
  #writer: CallRecordWriter | undefined;

  constructor(options: CallJournalOptions) {
    this.#options = options;
  }

  /** The call as it is stored; undefined before. */
  get opened(): OpenedCall | undefined {
    return this.#opened;
  }

  /** Of the next event: a media thread that takes the record over goes on with it. */
  get nextSeq(): number {
    return this.#nextSeq;
  }

  /** Writes down what happens now. */
  emit(body: CallEventBody): void {
    const atMs = Math.round(performance.timeOrigin + performance.now() - this.#options.originMs);
    const event: CallEvent = { ...body, atMs, seq: this.#nextSeq++ };
    if (this.#writer) this.#writer.add([event]);
    else this.#early.push(event);
  }

  /** Takes events of the media thread, which have their numbers. */
  add(events: readonly CallEvent[]): void {
    this.#writer?.add(events);
  }

  /**
   * Has the call stored with everything so far; what happens in the meantime follows it.
   * @param store rejects when it could not be stored.
   */
  async open(store: (events: readonly CallEvent[]) => Promise<OpenedCall>): Promise<OpenedCall> {
    const { directory, log } = this.#options;
    const opened = await store(this.#early.splice(0));
    this.#opened = opened;
    this.#writer = new CallRecordWriter(
      opened,
      (call, batch) => directory.appendEvents(call, batch),
      (error, lost) => log.error({ err: error, callId: opened.id, lost }, 'call events were lost'),
    );
    if (this.#early.length > 0) this.#writer.add(this.#early.splice(0));
    return opened;
  }

  /** Resolves when everything so far is stored, or given up. */
  async settled(): Promise<void> {
    await this.#writer?.settled();
  }
}
