import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Pool } from 'pg';
import type { Logger } from 'pino';
import { errorEntry } from '../log.ts';
import type { Store } from './database.ts';
import { healthOf } from './health.ts';
import { migrateOnce, migrationsFolder } from './migrations.ts';
import * as schema from './schema.ts';
import { StoreError, storeErrorOf } from './store-error.ts';

/** Enough for one process: measured inserts stop gaining at 10, and PostgreSQL allows 100 in all by default. */
const poolSize = 10;
/** A server that does not accept within this time is unreachable for our purposes; TCP itself would wait minutes. */
const connectLimitMs = 5000;

/** Opens PostgreSQL (14 or newer) at a `postgres://` URL. */
export async function openPostgresStore(databaseUrl: string, log: Logger): Promise<Store> {
  const where = placeOf(databaseUrl);
  const pool = new Pool({
    connectionString: databaseUrl,
    max: poolSize,
    connectionTimeoutMillis: connectLimitMs,
    application_name: 'dialplane',
  });
  // An idle connection that breaks (server restart) is replaced by the pool; without a listener it would end the process.
  pool.on('error', (error) => log.warn(errorEntry(error), 'a database connection broke'));
  try {
    const client = await pool.connect();
    try {
      await migrateOnce(
        (statement) => client.query(statement),
        () => migrate(drizzle({ client }), { migrationsFolder }),
      );
    } finally {
      // Closed, not reused: it held the lock, and if unlocking failed, closing unlocks.
      client.release(true);
    }
  } catch (error) {
    await pool.end();
    throw storeErrorOf(error, where) ?? error;
  }
  let closing: Promise<void> | null = null;
  return {
    kind: 'postgresql',
    db: drizzle({ client: pool, schema }),
    health: () => healthOf(() => pool.query('select 1'), where),
    close: () => {
      closing ??= pool.end();
      return closing;
    },
  };
}

/** `host:port/database`, without user and password; safe for logs and errors. */
function placeOf(databaseUrl: string): string {
  if (!URL.canParse(databaseUrl)) {
    throw new StoreError(
      'database_url_invalid',
      'DATABASE_URL is not a URL. Write it as postgres://user:password@host:5432/database, with special characters of the password percent-encoded.',
    );
  }
  const url = new URL(databaseUrl);
  return `${url.host || 'localhost'}${url.pathname}`;
}
