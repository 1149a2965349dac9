import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import type { Store } from './database.ts';
import { healthOf } from './health.ts';
import { migrateOnce, migrationsFolder } from './migrations.ts';
import { PgliteClient } from './pglite-client.ts';
import * as schema from './schema.ts';
import { StoreError, storeErrorOf } from './store-error.ts';

/**
 * Opens the embedded database in `dataDir`/database. The caller holds the lock of `dataDir`: PGlite has none, and two
 * processes on one directory lose rows silently.
 */
export async function openPgliteStore(dataDir: string): Promise<Store> {
  const directory = join(dataDir, 'database');
  const client = await PgliteClient.open(directory).catch((error: unknown) => {
    throw storeErrorOf(error, directory) ?? damaged(directory, error);
  });
  // Drizzle calls nothing but `query` and `transaction`; its type asks for the whole class, which cannot cross a port.
  const db = drizzle({ client: client as unknown as PGlite, schema });
  try {
    await migrateOnce(
      (statement) => client.exec(statement),
      () => migrate(db, { migrationsFolder }),
    );
  } catch (error) {
    await client.close();
    throw storeErrorOf(error, directory) ?? error;
  }
  return {
    kind: 'pglite',
    db,
    health: () => healthOf(() => client.exec('select 1'), directory),
    close: () => client.close(),
  };
}

function damaged(directory: string, cause: unknown): StoreError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StoreError(
    'database_damaged',
    `The embedded database in ${directory} does not open (${reason}). Restore the directory from a backup, or move it away to start with an empty one.`,
    cause,
  );
}
