/** Calls and their record. */
import { doublePrecision, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { phoneAgents } from './agents.ts';
import { createdAt, id, moment, orgId, position } from './columns.ts';
import { sessions } from './conversations.ts';
import { inboundTrunks, outboundTrunks } from './trunks.ts';

export const calls = pgTable(
  'calls',
  {
    id: id(),
    orgId: orgId(),
    sessionId: uuid('session_id')
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    agentId: uuid('agent_id').references(() => phoneAgents.id, { onDelete: 'set null' }),
    trunkId: uuid('trunk_id').references(() => inboundTrunks.id, { onDelete: 'set null' }),
    /** The trunk of a call that we made, or that came in over its registration. */
    outboundTrunkId: uuid('outbound_trunk_id').references(() => outboundTrunks.id, { onDelete: 'set null' }),
    direction: text('direction', { enum: ['inbound', 'outbound'] }).notNull(),
    state: text('state', { enum: ['ringing', 'answered', 'ended'] }).notNull(),
    sipCallId: text('sip_call_id').notNull(),
    caller: text('caller'),
    called: text('called').notNull(),
    /** Which of our addresses the call came through. */
    region: text('region', { enum: ['global', 'us', 'eu', 'apac'] })
      .notNull()
      .default('global'),
    /** Wall time of the call's first event; every event's `at_ms` counts from here. */
    startedAt: moment('started_at').notNull(),
    answeredAtMs: doublePrecision('answered_at_ms'),
    endedAtMs: doublePrecision('ended_at_ms'),
    ending: text('ending'),
    endedBy: text('ended_by'),
    sipCode: integer('sip_code'),
    createdAt: createdAt(),
  },
  (table) => [index('calls_session').on(table.sessionId), index('calls_org_started').on(table.orgId, table.startedAt)],
);

/** The call record: append-only, gap-free `seq` for each call. Everything else about a call is read out of it. */
export const callEvents = pgTable(
  'call_events',
  {
    callId: uuid('call_id')
      .notNull()
      .references(() => calls.id, { onDelete: 'cascade' }),
    seq: integer('seq').notNull(),
    id: uuid('id').notNull().defaultRandom(),
    orgId: orgId(),
    sessionId: uuid('session_id').notNull(),
    atMs: doublePrecision('at_ms').notNull(),
    occurredAt: moment('occurred_at').notNull(),
    kind: text('kind').notNull(),
    version: integer('version').notNull().default(1),
    data: jsonb('data').$type<Record<string, unknown>>().notNull(),
    position: position(),
  },
  (table) => [
    primaryKey({ columns: [table.callId, table.seq] }),
    index('call_events_session').on(table.sessionId, table.occurredAt, table.position),
    index('call_events_org').on(table.orgId, table.position),
  ],
);

/** SIP messages of a call as they were on the wire, without credentials: kept apart so that the record stays light. */
export const sipMessages = pgTable(
  'sip_messages',
  {
    callId: uuid('call_id')
      .notNull()
      .references(() => calls.id, { onDelete: 'cascade' }),
    /** 0, 1, 2, ... for each call. */
    number: integer('number').notNull(),
    orgId: orgId(),
    /** On the call's clock; what was said before its INVITE was let in, such as the challenge, is negative. */
    atMs: doublePrecision('at_ms').notNull(),
    direction: text('direction', { enum: ['in', 'out'] }).notNull(),
    transport: text('transport').notNull(),
    /** Address and port of the other side. */
    remote: text('remote').notNull(),
    /** Address and port of our socket; null in what was stored before it was kept. */
    local: text('local'),
    text: text('text').notNull(),
  },
  (table) => [primaryKey({ columns: [table.callId, table.number] })],
);
