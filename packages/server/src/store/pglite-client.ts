import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { PgliteFault, PgliteReply, PgliteRequest, PgliteResult, PgliteStart } from './pglite-messages.ts';
import { StoreError } from './store-error.ts';

/** `Omit` over each member of the union. */
type Unsent<T> = T extends { readonly id: number } ? Omit<T, 'id'> : never;

/** Statements of one PGlite connection or transaction, shaped as Drizzle's PGlite driver calls them. */
export interface PgliteStatements {
  query(
    sql: string,
    params?: readonly unknown[],
    options?: { readonly rowMode?: 'array' | 'object' },
  ): Promise<PgliteResult>;
  exec(sql: string): Promise<void>;
}

/** A PostgreSQL error that happened on the database thread. */
class PgliteError extends Error {
  readonly code: string | undefined;
  readonly severity: string | undefined;
  readonly detail: string | undefined;
  readonly table: string | undefined;
  readonly column: string | undefined;
  readonly constraint: string | undefined;

  constructor(fault: PgliteFault) {
    super(fault.message);
    this.name = 'PgliteError';
    this.code = fault.code;
    this.severity = fault.severity;
    this.detail = fault.detail;
    this.table = fault.table;
    this.column = fault.column;
    this.constraint = fault.constraint;
  }
}

interface Waiting {
  readonly resolve: (result: PgliteResult | null) => void;
  readonly reject: (error: Error) => void;
}

/** How long a close may take; the largest measured checkpoint takes well under a second. */
const closeLimitMs = 10_000;

/** The main thread's end of the port: a PGlite that lives elsewhere. */
export class PgliteClient implements PgliteStatements {
  #worker: Worker;
  #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #lastTransaction = 0;
  #gone: StoreError | null = null;

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (message: PgliteReply) => this.#settle(message));
    worker.on('error', (error) => this.#lose(error));
    worker.on('exit', () => this.#lose(null));
  }

  /** Starts the thread and opens, on first start makes, the database at `directory`. */
  static async open(directory: string): Promise<PgliteClient> {
    const start: PgliteStart = { directory };
    const worker = new Worker(new URL('./pglite-thread.ts', import.meta.url), { workerData: start, name: 'database' });
    const client = new PgliteClient(worker);
    await new Promise<PgliteResult | null>((resolve, reject) => client.#waiting.set(0, { resolve, reject })).catch(
      async (error: unknown) => {
        await worker.terminate();
        throw error;
      },
    );
    return client;
  }

  query(sql: string, params: readonly unknown[] = [], options: { readonly rowMode?: 'array' | 'object' } = {}) {
    return this.#query(null, sql, params, options.rowMode ?? 'object');
  }

  async exec(sql: string): Promise<void> {
    await this.#ask({ op: 'exec', transaction: null, sql });
  }

  /** Commits when `work` resolves, rolls back when it rejects. Other statements wait meanwhile: keep it short. */
  async transaction<T>(work: (statements: PgliteStatements) => Promise<T>): Promise<T> {
    this.#lastTransaction += 1;
    const transaction = this.#lastTransaction;
    await this.#ask({ op: 'begin', transaction });
    let result: T;
    try {
      result = await work({
        query: (sql, params = [], options = {}) => this.#query(transaction, sql, params, options.rowMode ?? 'object'),
        exec: async (sql) => {
          await this.#ask({ op: 'exec', transaction, sql });
        },
      });
    } catch (error) {
      // The first error is the one that tells; a failing rollback means the thread is lost, which later calls say.
      await this.#ask({ op: 'rollback', transaction }).catch(() => undefined);
      throw error;
    }
    await this.#ask({ op: 'commit', transaction });
    return result;
  }

  async close(): Promise<void> {
    if (this.#gone) return;
    const exit = once(this.#worker, 'exit');
    const limit = setTimeout(() => void this.#worker.terminate(), closeLimitMs);
    await this.#ask({ op: 'close' });
    await exit;
    clearTimeout(limit);
  }

  async #query(transaction: number | null, sql: string, params: readonly unknown[], rowMode: 'array' | 'object') {
    const result = await this.#ask({ op: 'query', transaction, sql, params, rowMode });
    return result ?? { rows: [], fields: [], affectedRows: 0 };
  }

  #ask(request: Unsent<PgliteRequest>): Promise<PgliteResult | null> {
    if (this.#gone) return Promise.reject(this.#gone);
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      if (request.op === 'close') {
        this.#gone = new StoreError('database_closed', 'The database is closed; the server is stopping.');
      }
      this.#worker.postMessage({ ...request, id });
    });
  }

  #settle(message: PgliteReply): void {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.ok) waiting?.resolve(message.result);
    else waiting?.reject(new PgliteError(message.fault));
  }

  #lose(cause: Error | null): void {
    this.#gone ??= new StoreError(
      'database_thread_lost',
      `The embedded database stopped${cause ? `: ${cause.message}` : ''}. Restart the server; nothing acknowledged is lost.`,
      cause,
    );
    for (const { reject } of this.#waiting.values()) reject(this.#gone);
    this.#waiting.clear();
  }
}
