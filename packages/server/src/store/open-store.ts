import type { Logger } from 'pino';
import type { Store } from './database.ts';
import { openPgliteStore } from './pglite-store.ts';
import { openPostgresStore } from './postgres-store.ts';

export interface StoreOptions {
  /** `postgres://` URL; without it the embedded database in `dataDir` is used. */
  readonly databaseUrl?: string | undefined;
  /** The data directory, already locked by this process. */
  readonly dataDir: string;
  readonly log: Logger;
}

/**
 * Opens the store and brings its schema to this version.
 * @throws {StoreError} with cause and next step when the database is unreachable, refuses us, is full or damaged.
 */
export async function openStore({ databaseUrl, dataDir, log }: StoreOptions): Promise<Store> {
  const startedMs = performance.now();
  const store = databaseUrl ? await openPostgresStore(databaseUrl, log) : await openPgliteStore(dataDir);
  log.info({ database: store.kind, openMs: Math.round(performance.now() - startedMs) }, 'database open');
  return store;
}
