import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type * as schema from './schema.ts';
import type { StoreErrorCode } from './store-error.ts';

interface Rows<Row> {
  readonly rows: readonly Row[];
}

/** What `execute` gives on both drivers. */
interface RowsResult extends PgQueryResultHKT {
  readonly type: Rows<this['row']>;
}

/**
 * Drizzle over PGlite or PostgreSQL; a transaction's handle is one as well. Raw `execute` differs between the drivers in
 * one point: `int8` (also `count(*)`) is a number on PGlite and text on PostgreSQL, so cast it (`::int`) or use `$count`.
 */
export type Database = PgDatabase<RowsResult, typeof schema>;

export type StoreHealth =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: StoreErrorCode | 'unknown'; readonly message: string };

export interface Store {
  readonly kind: 'pglite' | 'postgresql';
  readonly db: Database;
  /** One round trip to the database, answered within 2 s in any case. */
  health(): Promise<StoreHealth>;
  /** Lets running statements end, then closes. Idempotent. */
  close(): Promise<void>;
}
