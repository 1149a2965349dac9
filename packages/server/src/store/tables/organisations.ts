/** Who a row belongs to. */
import { boolean, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const organisations = pgTable('organisations', {
  id: uuid('id').primaryKey().defaultRandom(),
  /** `default`, `demo`, ... */
  slug: text('slug').notNull().unique(),
  name: text('name').notNull(),
  /** ISO 3166 alpha-2; reads national numbers of trunks that name no country. */
  country: text('country').notNull().default('US'),
  sessionWindowMinutes: integer('session_window_minutes').notNull().default(180),
  /** Null: the oldest enabled inbound agent. */
  defaultPhoneAgentId: uuid('default_phone_agent_id'),
  recording: boolean('recording').notNull().default(true),
  /** Null: kept until deleted. */
  retentionDays: integer('retention_days'),
  createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
});
