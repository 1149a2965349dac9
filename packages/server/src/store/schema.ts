/** The whole schema: PostgreSQL dialect, the same on PGlite and PostgreSQL. Every table but the first carries `orgId`. */
import { sql } from 'drizzle-orm';
import {
  boolean,
  customType,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  serial,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });
const id = () => uuid('id').primaryKey().defaultRandom();
const orgId = () =>
  uuid('org_id')
    .notNull()
    .references(() => organisations.id, { onDelete: 'cascade' });
/** Milliseconds, as a JavaScript Date holds them: a finer time in the database would not equal itself in a page's cursor. */
const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });
const createdAt = () => moment('created_at').notNull().defaultNow();
const updatedAt = () => moment('updated_at').notNull().defaultNow();

export const organisations = pgTable('organisations', {
  id: id(),
  /** `default`, `demo`, ... */
  slug: text('slug').notNull().unique(),
  name: text('name').notNull(),
  /** ISO 3166 alpha-2; reads national numbers of trunks that name no country. */
  country: text('country').notNull().default('US'),
  sessionWindowMinutes: integer('session_window_minutes').notNull().default(180),
  defaultPhoneAgentId: uuid('default_phone_agent_id'),
  createdAt: createdAt(),
});

export const apiKeys = pgTable('api_keys', {
  id: id(),
  orgId: orgId(),
  name: text('name').notNull(),
  /** SHA-256 of the whole key, hex. */
  hash: text('hash').notNull().unique(),
  lastFour: text('last_four').notNull(),
  /** null: full access. */
  scopes: text('scopes').array(),
  createdAt: createdAt(),
});

export const phoneAgents = pgTable(
  'phone_agents',
  {
    id: id(),
    orgId: orgId(),
    name: text('name').notNull(),
    type: text('type', { enum: ['inbound', 'outbound'] }).notNull(),
    enabled: boolean('enabled').notNull().default(true),
    phoneNumber: text('phone_number'),
    language: text('language'),
    languages: text('languages').array().notNull().default(sql`'{}'`),
    accent: text('accent'),
    handoffPhoneNumber: text('handoff_phone_number'),
    speed: real('speed'),
    interruptible: boolean('interruptible').notNull().default(true),
    actionIds: text('action_ids').array(),
    instructions: text('instructions').array(),
    dataCollectionFields: text('data_collection_fields').array(),
    dataCollectionWebhookUrl: text('data_collection_webhook_url'),
    model: text('model').notNull(),
    voiceId: text('voice_id'),
    firstMessage: text('first_message'),
    providerExternalId: text('provider_external_id'),
    flow: jsonb('flow'),
    manualMode: boolean('manual_mode').notNull().default(false),
    customLlm: text('custom_llm'),
    useOrgKnowledgebase: boolean('use_org_knowledgebase').notNull().default(false),
    recordingEnabled: boolean('recording_enabled').notNull().default(true),
    sttKeyterms: text('stt_keyterms').array().notNull().default(sql`'{}'`),
    ttsSpeedPct: real('tts_speed_pct').notNull().default(0),
    failoverTransferDestinationId: uuid('failover_transfer_destination_id'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [index('phone_agents_org').on(table.orgId, table.createdAt)],
);

export const phoneNumbers = pgTable('phone_numbers', {
  id: id(),
  orgId: orgId(),
  /** E.164; one organisation on the whole instance has it. */
  phoneNumber: text('phone_number').notNull().unique(),
  method: text('method', { enum: ['inbound_call', 'spoken_code', 'sms_code', 'operator'] }).notNull(),
  state: text('state', { enum: ['pending', 'verified', 'failed'] }).notNull(),
  createdAt: createdAt(),
});

export const inboundTrunks = pgTable('inbound_trunks', {
  id: id(),
  /** One per organisation. */
  orgId: orgId().unique(),
  authUsername: text('auth_username').notNull().unique(),
  /** AES-256-GCM envelope; the clear text is a UUID. */
  authPasswordSealed: text('auth_password_sealed').notNull(),
  phoneNumbers: text('phone_numbers').array().notNull().default(sql`'{}'`),
  krispEnabled: boolean('krisp_enabled').notNull().default(true),
  country: text('country'),
  fallback: text('fallback', { enum: ['agent', 'reject'] })
    .notNull()
    .default('agent'),
  noAgentStatus: integer('no_agent_status').notNull().default(480),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});

export const contacts = pgTable(
  'contacts',
  {
    id: id(),
    orgId: orgId(),
    phoneNumber: text('phone_number'),
    email: text('email'),
    name: text('name'),
    customData: jsonb('custom_data').$type<Record<string, unknown>>(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [uniqueIndex('contacts_org_phone').on(table.orgId, table.phoneNumber)],
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
    assigneeId: uuid('assignee_id'),
    customData: jsonb('custom_data').$type<Record<string, unknown>>(),
    handedOff: boolean('handed_off').notNull().default(false),
    handoffSummary: text('handoff_summary'),
    handoffSentiment: text('handoff_sentiment'),
    summary: text('summary'),
    lastEventAt: moment('last_event_at').notNull().defaultNow(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    index('sessions_org_created').on(table.orgId, table.createdAt, table.id),
    index('sessions_org_updated').on(table.orgId, table.updatedAt),
    index('sessions_continue').on(table.orgId, table.callerNumber, table.lastEventAt),
  ],
);

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
    direction: text('direction', { enum: ['inbound', 'outbound'] }).notNull(),
    state: text('state', { enum: ['ringing', 'answered', 'ended'] }).notNull(),
    sipCallId: text('sip_call_id').notNull(),
    caller: text('caller'),
    called: text('called').notNull(),
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
  },
  (table) => [
    primaryKey({ columns: [table.callId, table.seq] }),
    index('call_events_session').on(table.sessionId, table.occurredAt, table.seq),
  ],
);

export const knowledge = pgTable(
  'knowledge',
  {
    id: id(),
    orgId: orgId(),
    title: text('title').notNull(),
    content: text('content').notNull(),
    type: text('type', { enum: ['BEHAVIORAL', 'SCENARIO_SPECIFIC'] })
      .notNull()
      .default('SCENARIO_SPECIFIC'),
    isDraft: boolean('is_draft').notNull().default(false),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [index('knowledge_org').on(table.orgId)],
);

/** Speakable pieces of knowledge articles and of agents' instruction texts, with their full-text vectors. */
export const passages = pgTable(
  'passages',
  {
    id: id(),
    orgId: orgId(),
    knowledgeId: uuid('knowledge_id').references(() => knowledge.id, { onDelete: 'cascade' }),
    agentId: uuid('agent_id').references(() => phoneAgents.id, { onDelete: 'cascade' }),
    ordinal: integer('ordinal').notNull(),
    title: text('title').notNull(),
    text: text('text').notNull(),
    search: tsvector('search')
      .notNull()
      .generatedAlwaysAs(
        sql`setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', text), 'B')`,
      ),
  },
  (table) => [index('passages_org').on(table.orgId), index('passages_search').using('gin', table.search)],
);
