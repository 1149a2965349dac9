import { and, desc, eq, lt, or, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

/** Place of a row in a list that is read newest first. */
export interface PageKey {
  readonly createdAt: Date;
  readonly id: string;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Where the next page begins; null on the last page. */
  readonly next: PageKey | null;
}

interface ListedTable {
  readonly createdAt: PgColumn;
  readonly id: PgColumn;
}

/** Condition for the rows of the page that begins behind `key`. */
export function behind(table: ListedTable, key: PageKey | null): SQL | undefined {
  if (key === null) return undefined;
  return or(lt(table.createdAt, key.createdAt), and(eq(table.createdAt, key.createdAt), lt(table.id, key.id)));
}

export const newestFirst = (table: ListedTable): SQL[] => [desc(table.createdAt), desc(table.id)];

/** @param rows up to `limit + 1` of them: one more than asked for tells whether there is a next page. */
export function pageOf<Item extends PageKey>(rows: readonly Item[], limit: number): Page<Item> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? { createdAt: last.createdAt, id: last.id } : null };
}
