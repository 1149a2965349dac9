/** Numbers an organisation has, and how it proved that. */
import { index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { phoneAgents } from './agents.ts';
import { createdAt, id, moment, orgId, updatedAt } from './columns.ts';

export const phoneNumbers = pgTable(
  'phone_numbers',
  {
    id: id(),
    orgId: orgId(),
    /** E.164; one organisation on the whole instance has it. */
    phoneNumber: text('phone_number').notNull().unique(),
    method: text('method', { enum: ['inbound_call', 'spoken_code', 'sms_code', 'operator'] }).notNull(),
    state: text('state', { enum: ['pending', 'verified', 'failed', 'expired'] }).notNull(),
    /** SHA-256 of the code the owner has to send back, hex; null when none is awaited. */
    codeHash: text('code_hash'),
    expiresAt: moment('expires_at'),
    attempts: integer('attempts').notNull().default(0),
    verifiedAt: moment('verified_at'),
    /** The agent that answers it; a number is with one agent at most. */
    agentId: uuid('agent_id').references(() => phoneAgents.id, { onDelete: 'set null' }),
    /** Set for numbers bought through us, with the provider's own id. */
    provider: text('provider', { enum: ['twilio', 'telnyx'] }),
    providerNumberId: text('provider_number_id'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [index('phone_numbers_org').on(table.orgId, table.createdAt, table.id)],
);
