/** Columns most tables have. */
import { sql } from 'drizzle-orm';
import { bigint, customType, pgSequence, timestamp, uuid } from 'drizzle-orm/pg-core';
import { organisations } from './organisations.ts';

export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });
export const id = () => uuid('id').primaryKey().defaultRandom();
export const orgId = () =>
  uuid('org_id')
    .notNull()
    .references(() => organisations.id, { onDelete: 'cascade' });
/** Milliseconds, as a JavaScript Date holds them: a finer time in the database would not equal itself in a page's cursor. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });
export const createdAt = () => moment('created_at').notNull().defaultNow();
export const updatedAt = () => moment('updated_at').notNull().defaultNow();

/** One sequence for everything that live streams tell, so that one number says how far a client has come. */
export const streamPositions = pgSequence('stream_positions');
export const position = () =>
  bigint('position', { mode: 'number' }).notNull().default(sql`nextval('stream_positions')`);
