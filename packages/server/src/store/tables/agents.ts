/** Phone agents and their versions. */
import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, real, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id, moment, orgId, updatedAt } from './columns.ts';
import { outboundTrunks } from './trunks.ts';

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
    outboundTrunkId: uuid('outbound_trunk_id').references(() => outboundTrunks.id, { onDelete: 'set null' }),
    /** Behaviour settings that differ from the defaults, in the names of the API. */
    behaviour: jsonb('behaviour').$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [index('phone_agents_org').on(table.orgId, table.createdAt)],
);

/** What an agent was at a time: a draft that calls do not see yet, the published one, and those before it. */
export const phoneAgentVersions = pgTable(
  'phone_agent_versions',
  {
    id: id(),
    orgId: orgId(),
    agentId: uuid('agent_id')
      .notNull()
      .references(() => phoneAgents.id, { onDelete: 'cascade' }),
    /** 1, 2, 3, ... for each agent. */
    number: integer('number').notNull(),
    state: text('state', { enum: ['draft', 'published', 'superseded'] }).notNull(),
    /** The settable fields in the names of the API. */
    settings: jsonb('settings').$type<Record<string, unknown>>().notNull(),
    createdAt: createdAt(),
    publishedAt: moment('published_at'),
  },
  (table) => [uniqueIndex('phone_agent_versions_number').on(table.agentId, table.number)],
);
