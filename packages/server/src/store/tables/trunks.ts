/** Ways in and out by SIP, and what was turned away. */
import type { RouteStep } from '@dialplane/calls';
import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, real, text, uuid } from 'drizzle-orm/pg-core';
import { phoneAgents } from './agents.ts';
import { createdAt, id, moment, orgId, updatedAt } from './columns.ts';
import { organisations } from './organisations.ts';

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
  /** us, eu, apac or global: which of our addresses the PBX was told. */
  region: text('region', { enum: ['global', 'us', 'eu', 'apac'] })
    .notNull()
    .default('global'),
  allowedIps: text('allowed_ips').array().notNull().default(sql`'{}'`),
  /** What a call must show to be this trunk's: the password, a listed source (address or certificate), both, or one of them. */
  authentication: text('authentication', { enum: ['either', 'digest', 'source', 'both'] })
    .notNull()
    .default('either'),
  digestAlgorithms: text('digest_algorithms').array().notNull().default(sql`'{MD5}'`),
  codecs: text('codecs').array().notNull().default(sql`'{PCMU,PCMA}'`),
  mediaEncryption: text('media_encryption', { enum: ['off', 'allow', 'require'] })
    .notNull()
    .default('allow'),
  /** PEM; a TLS peer that shows it is this trunk's PBX. */
  clientCertificate: text('client_certificate'),
  callsPerSecond: real('calls_per_second'),
  maxCalls: integer('max_calls'),
  /** How the PBX last proved who it is, from where and when. */
  lastSeenStyle: text('last_seen_style', { enum: ['digest', 'register', 'ip', 'certificate'] }),
  lastSeenSource: text('last_seen_source'),
  lastSeenAt: moment('last_seen_at'),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});

export const outboundTrunks = pgTable(
  'outbound_trunks',
  {
    id: id(),
    orgId: orgId(),
    name: text('name').notNull(),
    host: text('host').notNull(),
    port: integer('port').notNull().default(5060),
    transport: text('transport', { enum: ['udp', 'tcp', 'tls'] })
      .notNull()
      .default('udp'),
    /** Null with the password: the carrier knows us by address. */
    username: text('username'),
    passwordSealed: text('password_sealed'),
    /** E.164. */
    callerNumber: text('caller_number').notNull(),
    authUsername: text('auth_username'),
    fromUser: text('from_user'),
    fromDomain: text('from_domain'),
    outboundProxy: text('outbound_proxy'),
    register: boolean('register').notNull().default(false),
    /** e164, e164_no_plus, national, extension or prefix:X. */
    numberPolicy: text('number_policy').notNull().default('e164'),
    transferMode: text('transfer_mode', { enum: ['auto', 'refer', 'bridge'] })
      .notNull()
      .default('auto'),
    /** ISO 3166 alpha-2; empty: all. */
    allowedCountries: text('allowed_countries').array().notNull().default(sql`'{}'`),
    preset: text('preset'),
    country: text('country'),
    region: text('region', { enum: ['global', 'us', 'eu', 'apac'] })
      .notNull()
      .default('global'),
    codecs: text('codecs').array().notNull().default(sql`'{PCMU,PCMA}'`),
    mediaEncryption: text('media_encryption', { enum: ['off', 'allow', 'require'] })
      .notNull()
      .default('allow'),
    /** PEM; what we show a carrier that wants a client certificate, with its key. */
    clientCertificate: text('client_certificate'),
    clientKeySealed: text('client_key_sealed'),
    /** PEM; who may vouch for the carrier on TLS, beside the public authorities. */
    authorityCertificates: text('authority_certificates'),
    callsPerSecond: real('calls_per_second'),
    maxCalls: integer('max_calls'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [index('outbound_trunks_org').on(table.orgId, table.createdAt, table.id)],
);

export const transferDestinations = pgTable(
  'transfer_destinations',
  {
    id: id(),
    orgId: orgId(),
    name: text('name').notNull(),
    type: text('type', { enum: ['phone', 'sip', 'hangup'] }).notNull(),
    /** E.164 or SIP URI; empty for hangup. */
    value: text('value').notNull(),
    username: text('username'),
    passwordSealed: text('password_sealed'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [index('transfer_destinations_org').on(table.orgId, table.createdAt, table.id)],
);

export const agentTransferDestinations = pgTable(
  'agent_transfer_destinations',
  {
    agentId: uuid('agent_id')
      .notNull()
      .references(() => phoneAgents.id, { onDelete: 'cascade' }),
    destinationId: uuid('destination_id')
      .notNull()
      .references(() => transferDestinations.id, { onDelete: 'restrict' }),
    orgId: orgId(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.agentId, table.destinationId] })],
);

/** INVITEs that were turned away, each with its reason; those that came as far as the store have a call's record too. */
export const sipRefusals = pgTable(
  'sip_refusals',
  {
    id: id(),
    /** Null: the source belongs to nobody we know. */
    orgId: uuid('org_id').references(() => organisations.id, { onDelete: 'cascade' }),
    at: moment('at').notNull(),
    source: text('source').notNull(),
    transport: text('transport').notNull(),
    method: text('method').notNull(),
    sipCallId: text('sip_call_id').notNull(),
    username: text('username'),
    caller: text('caller'),
    called: text('called'),
    status: integer('status').notNull(),
    code: text('code').notNull(),
    reason: text('reason').notNull(),
    /** The routing explanation, when it came that far. */
    steps: jsonb('steps').$type<readonly RouteStep[]>(),
  },
  (table) => [index('sip_refusals_org').on(table.orgId, table.at, table.id)],
);
