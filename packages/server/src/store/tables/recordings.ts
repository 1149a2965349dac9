/** Recordings of calls, and the proof of their deletion. */
import { bigint, boolean, doublePrecision, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, moment, orgId } from './columns.ts';

export const recordings = pgTable(
  'recordings',
  {
    /** No reference: the proof that a recording was deleted outlives its call. */
    callId: uuid('call_id').primaryKey(),
    orgId: orgId(),
    /** `saving`: the call is over and the file not whole yet. `lost`: nothing of it could be kept. */
    state: text('state', { enum: ['recording', 'paused', 'saving', 'stored', 'lost', 'deleted'] }).notNull(),
    format: text('format', { enum: ['wav', 'opus'] }).notNull(),
    encrypted: boolean('encrypted').notNull(),
    storage: text('storage', { enum: ['disk', 's3'] })
      .notNull()
      .default('disk'),
    /** On the call's clock: where the recording begins. */
    startedAtMs: doublePrecision('started_at_ms').notNull(),
    durationMs: doublePrecision('duration_ms'),
    /** Of the sound file as it is played, before encryption. */
    bytes: bigint('bytes', { mode: 'number' }),
    sha256: text('sha256'),
    createdAt: createdAt(),
    deletedAt: moment('deleted_at'),
    deletedBy: text('deleted_by', { enum: ['retention', 'api'] }),
  },
  (table) => [index('recordings_org_state').on(table.orgId, table.state)],
);
