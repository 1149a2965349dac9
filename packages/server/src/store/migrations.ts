import { fileURLToPath } from 'node:url';
import { StoreError, storeErrorOf } from './store-error.ts';

/** Made by `drizzle-kit generate`; the same SQL runs on PGlite and PostgreSQL. */
export const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url));

/** Key of our advisory lock, "dial" in ASCII: any number no other program on the same database uses. */
const lockKey = 0x6469616c;

/**
 * Runs `migrate` under an advisory lock, so that several servers starting at once on one database take turns.
 * @param execute runs one statement; always on the same connection, since the lock belongs to it.
 */
export async function migrateOnce(execute: (sql: string) => Promise<unknown>, migrate: () => Promise<unknown>) {
  await execute(`select pg_advisory_lock(${lockKey})`);
  try {
    await migrate();
  } catch (error) {
    const reason = error instanceof Error ? (error.cause ?? error) : error;
    throw (
      storeErrorOf(error, 'migrations') ??
      new StoreError(
        'migration_failed',
        `The database could not be brought to this version (${reason instanceof Error ? reason.message : String(reason)}). It is unchanged; start the previous version or restore a backup.`,
        error,
      )
    );
  } finally {
    await execute(`select pg_advisory_unlock(${lockKey})`).catch(() => undefined);
  }
}
