/**
 * The thread PGlite runs in. A heavy query takes hundreds of milliseconds and would hold up the 20 ms media clock and
 * SIP on any other thread. Talks pglite-messages over the worker's port.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { setThreadPriority } from '@dialplane/rtp';
import { PGlite, type Transaction, types } from '@electric-sql/pglite';
import { installDatabaseImage } from './database-image.ts';
import type { PgliteFault, PgliteReply, PgliteRequest, PgliteResult, PgliteStart } from './pglite-messages.ts';

if (!parentPort) throw new Error('pglite-thread.ts is a worker; start it through openPglite.');
const port = parentPort;
setThreadPriority('background');
const { directory }: PgliteStart = workerData;

/**
 * Drizzle reads times itself, from PostgreSQL's text. It says so with identity parsers, which are functions and cannot
 * cross the port, so they are repeated here: its four time types, and the arrays of them and of numeric.
 */
const asText = (text: string) => text;
const parsers = Object.fromEntries(
  [types.TIMESTAMP, types.TIMESTAMPTZ, types.INTERVAL, types.DATE, 1115, 1182, 1185, 1187, 1231].map((type) => [
    type,
    asText,
  ]),
);

interface OpenTransaction {
  readonly statements: Transaction;
  readonly end: (outcome: 'commit' | 'rollback') => void;
  /** Settles when the database has done it; rejects when the commit fails. */
  readonly ended: Promise<void>;
}
const transactions = new Map<number, OpenTransaction>();

class RolledBack extends Error {}

function begin(database: PGlite, id: number): Promise<null> {
  return new Promise((opened, failed) => {
    const ended = database.transaction(async (statements) => {
      const outcome = await new Promise<'commit' | 'rollback'>((end) => {
        transactions.set(id, { statements, end, ended });
        opened(null);
      });
      if (outcome === 'rollback') throw new RolledBack();
    });
    ended.catch(failed);
  });
}

async function end(id: number, outcome: 'commit' | 'rollback'): Promise<null> {
  const transaction = transactionOf(id);
  transactions.delete(id);
  transaction.end(outcome);
  await transaction.ended.catch((error: unknown) => {
    if (!(error instanceof RolledBack)) throw error;
  });
  return null;
}

function transactionOf(id: number): OpenTransaction {
  const transaction = transactions.get(id);
  if (!transaction) throw new Error(`Transaction ${id} is over.`);
  return transaction;
}

async function serve(database: PGlite, request: PgliteRequest): Promise<PgliteResult | null> {
  switch (request.op) {
    case 'query': {
      const target = request.transaction === null ? database : transactionOf(request.transaction).statements;
      const { rows, fields, affectedRows } = await target.query(request.sql, [...request.params], {
        rowMode: request.rowMode,
      });
      return { rows, fields, affectedRows };
    }
    case 'exec':
      await (request.transaction === null ? database : transactionOf(request.transaction).statements).exec(request.sql);
      return null;
    case 'begin':
      return begin(database, request.transaction);
    case 'commit':
    case 'rollback':
      return end(request.transaction, request.op);
    case 'close':
      await database.close();
      return null;
  }
}

function faultOf(error: unknown): PgliteFault {
  const of = (key: string): string | undefined => {
    const value: unknown = error instanceof Error ? Reflect.get(error, key) : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  return {
    message: error instanceof Error ? error.message : String(error),
    code: of('code'),
    severity: of('severity'),
    detail: of('detail'),
    table: of('table'),
    column: of('column'),
    constraint: of('constraint'),
  };
}

function reply(id: number, work: Promise<PgliteResult | null>): Promise<void> {
  return work.then(
    (result) => port.postMessage({ id, ok: true, result } satisfies PgliteReply),
    (error: unknown) => port.postMessage({ id, ok: false, fault: faultOf(error) } satisfies PgliteReply),
  );
}

async function start(): Promise<null> {
  installDatabaseImage(directory);
  const database = await PGlite.create(directory);
  // Not with each query, which would copy all 300 of them, nor before: PGlite then puts its own for arrays over ours.
  Object.assign(database.parsers, parsers);
  port.on('message', async (request: PgliteRequest) => {
    await reply(request.id, serve(database, request));
    // Without a listener the thread has nothing left to do and ends by itself.
    if (request.op === 'close') port.close();
  });
  return null;
}

await reply(0, start());
