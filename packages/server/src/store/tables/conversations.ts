/** People, and what was said with them on every channel. */
import { sql } from 'drizzle-orm';
import { boolean, index, jsonb, pgTable, serial, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { users } from './access.ts';
import { phoneAgents } from './agents.ts';
import { createdAt, id, moment, orgId, position, updatedAt } from './columns.ts';

export const contacts = pgTable(
  'contacts',
  {
    id: id(),
    orgId: orgId(),
    phoneNumber: text('phone_number'),
    email: text('email'),
    name: text('name'),
    customData: jsonb('custom_data').$type<Record<string, unknown>>(),
    nonVerifiedName: text('non_verified_name'),
    nonVerifiedEmail: text('non_verified_email'),
    nonVerifiedCustomData: jsonb('non_verified_custom_data').$type<Record<string, unknown>>(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    uniqueIndex('contacts_org_phone').on(table.orgId, table.phoneNumber),
    index('contacts_org_created').on(table.orgId, table.createdAt, table.id),
  ],
);

export const sessions = pgTable(
  'sessions',
  {
    id: id(),
    orgId: orgId(),
    ticketNumber: serial('ticket_number').notNull(),
    status: text('status', { enum: ['open', 'closed_resolved', 'closed_unresolved'] })
      .notNull()
      .default('open'),
    channelType: text('channel_type').notNull(),
    contactId: uuid('contact_id').references(() => contacts.id, { onDelete: 'set null' }),
    /** E.164 of the caller; null for withheld numbers and extensions, which never continue a session. */
    callerNumber: text('caller_number'),
    aiClosureType: text('ai_closure_type'),
    sentiment: text('sentiment'),
    assistMode: boolean('assist_mode').notNull().default(false),
    language: text('language'),
    assigneeId: uuid('assignee_id').references(() => users.id, { onDelete: 'set null' }),
    /** The agent that answers in a chat; phone sessions may meet several. */
    agentId: uuid('agent_id').references(() => phoneAgents.id, { onDelete: 'set null' }),
    tags: text('tags').array().notNull().default(sql`'{}'`),
    customData: jsonb('custom_data').$type<Record<string, unknown>>(),
    handedOff: boolean('handed_off').notNull().default(false),
    handoffSummary: text('handoff_summary'),
    handoffSentiment: text('handoff_sentiment'),
    summary: text('summary'),
    lastEventAt: moment('last_event_at').notNull().defaultNow(),
    closedAt: moment('closed_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    index('sessions_org_created').on(table.orgId, table.createdAt, table.id),
    index('sessions_org_updated').on(table.orgId, table.updatedAt),
    index('sessions_continue').on(table.orgId, table.callerNumber, table.lastEventAt),
    index('sessions_contact').on(table.contactId),
  ],
);

/** What was said or done in a session outside a call; the history merges these with the events of its calls. */
export const sessionMessages = pgTable(
  'session_messages',
  {
    id: id(),
    orgId: orgId(),
    sessionId: uuid('session_id')
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    /** `message`, `human_agent_comment`, `handoff`, `ai_resolved_issue`, `closed_resolved_by_human`, ... */
    type: text('type').notNull(),
    sender: text('sender', { enum: ['contact', 'ai', 'human_agent', 'system'] }).notNull(),
    senderName: text('sender_name'),
    text: text('text').notNull(),
    context: jsonb('context').$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
    position: position(),
  },
  (table) => [
    index('session_messages_session').on(table.sessionId, table.createdAt, table.position),
    index('session_messages_org').on(table.orgId, table.position),
  ],
);
