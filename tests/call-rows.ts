import { createLog, type Database, openStore } from '@dialplane/server';

/** What the product wrote down about one call. */
export interface CallRow {
  readonly caller: string | null;
  readonly state: string;
  /** One of the closed list of endings. */
  readonly ending: string | null;
  readonly ended_by: string | null;
  /** Kinds of the events of its record, in the order of their gap-free numbers. */
  readonly kinds: readonly string[];
}

/** All calls in the database of a product that is not running, oldest first. */
export async function callRows(dataDirectory: string): Promise<CallRow[]> {
  const store = await openStore({ dataDir: dataDirectory, log: createLog('silent') });
  try {
    return await readCalls(store.db);
  } finally {
    await store.close();
  }
}

async function readCalls(db: Database): Promise<CallRow[]> {
  const { rows } = await db.execute<CallRow & Record<string, unknown>>(
    `select caller, state, ending, ended_by,
       (select array_agg(kind order by seq) from call_events where call_id = calls.id) as kinds
     from calls order by started_at`,
  );
  return [...rows];
}
