import type { NotedRefusal } from '@dialplane/calls';
import type { Logger } from 'pino';
import { errorEntry } from '../log.ts';
import type { Database } from '../store/database.ts';
import { pruneRefusals, type RefusalOwner, storeRefusals } from './store-refusals.ts';

/** Refusals wait this long for others, so that a burst of them is one write. */
const batchMs = 500;
/** Rows written in a minute at most: a scanner's flood must not fill the disk or keep the database from calls. */
const rowsPerMinute = 600;
/** Kept while the database is slow or the minute's rows are used up; the oldest give way. */
const queueLength = 200;
const minuteMs = 60_000;

export interface RefusalLog {
  /** Returns at once and never throws. */
  note(refusal: NotedRefusal): void;
  /** Writes what waits, then no more. Idempotent. */
  close(): Promise<void>;
}

export interface RefusalLogOptions {
  readonly db: Database;
  readonly log: Logger;
  /** Sources that get no answer, and their messages since it was last asked. */
  readonly silenced?: () => { readonly sources: number; readonly messages: number };
  /** Times of the batches and of the summary, for tests. */
  readonly batchMs?: number;
  readonly summaryMs?: number;
}

/** Writes refused INVITEs down beside the calls: in batches, bounded in memory and in rows, with one summary a minute in the log. */
export function createRefusalLog({ db, log, silenced, ...times }: RefusalLogOptions): RefusalLog {
  let queue: NotedRefusal[] = [];
  let rowsLeft = rowsPerMinute;
  let dropped = 0;
  const counts = new Map<string, number>();
  /** Whose refusals were written since the last summary. */
  let owners = new Set<RefusalOwner>();
  let writing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  const minute = setInterval(summarise, times.summaryMs ?? minuteMs);
  minute.unref();

  function note(refusal: NotedRefusal): void {
    const before = counts.get(refusal.code) ?? 0;
    counts.set(refusal.code, before + 1);
    // A fault of ours must not hide in a count; one a minute tells enough.
    if (before === 0 && refusal.code === 'internal_error') {
      log.error({ status: refusal.status, pii: { reason: refusal.reason } }, 'a SIP request failed on our side');
    }
    // Anything else than an INVITE is a probe or a mistake in signalling: counted, not listed.
    if (refusal.method !== 'INVITE' || isClosed) return;
    if (queue.length >= queueLength) {
      queue.shift();
      dropped += 1;
    }
    queue.push(refusal);
    schedule();
  }

  function schedule(): void {
    if (timer || rowsLeft === 0) return;
    timer = setTimeout(() => {
      timer = undefined;
      flush();
    }, times.batchMs ?? batchMs);
  }

  function flush(): void {
    const batch = queue.slice(0, rowsLeft);
    queue = queue.slice(batch.length);
    rowsLeft -= batch.length;
    if (batch.length === 0) return;
    writing = writing.then(async () => {
      try {
        for (const owner of await storeRefusals(db, batch)) owners.add(owner);
      } catch (error) {
        dropped += batch.length;
        log.error({ ...errorEntry(error), refusals: batch.length }, 'refused calls could not be written down');
      }
    });
  }

  function summarise(): void {
    rowsLeft = rowsPerMinute;
    const silence = silenced?.() ?? { sources: 0, messages: 0 };
    if (counts.size === 0 && silence.messages === 0) return;
    log.warn(
      { refused: Object.fromEntries(counts), dropped, silenced: silence },
      'SIP requests refused in the last minute',
    );
    counts.clear();
    dropped = 0;
    if (queue.length > 0) schedule();
    writing = writing.then(async () => {
      const written = owners;
      owners = new Set();
      try {
        await pruneRefusals(db, written);
      } catch (error) {
        log.error(errorEntry(error), 'old refusals could not be deleted');
      }
    });
  }

  return {
    note,
    close: async () => {
      isClosed = true;
      clearInterval(minute);
      clearTimeout(timer);
      flush();
      await writing;
    },
  };
}
