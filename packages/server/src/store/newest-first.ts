import { desc, type SQL, sql } from 'drizzle-orm';
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
  return behindRow('<', [table.createdAt, table.id], [key.createdAt, key.id]);
}

/**
 * Two columns compared as one sort key. Written as a row, the database begins to read its index there; of conditions joined
 * by "or" it reads everything before the page as well, and throws it away.
 */
export function behindRow(
  order: '<' | '>',
  [first, second]: readonly [PgColumn, PgColumn],
  [firstKey, secondKey]: readonly [Date, string | number],
): SQL {
  const key = sql`(${sql.param(firstKey, first)}, ${sql.param(secondKey, second)})`;
  return sql`(${first}, ${second}) ${sql.raw(order)} ${key}`;
}

export const newestFirst = (table: ListedTable): SQL[] => [desc(table.createdAt), desc(table.id)];

/** @param rows up to `limit + 1` of them: one more than asked for tells whether there is a next page. */
export function pageOf<Item extends PageKey>(rows: readonly Item[], limit: number): Page<Item> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? { createdAt: last.createdAt, id: last.id } : null };
}
