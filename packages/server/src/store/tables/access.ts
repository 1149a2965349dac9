/** Who may do what, and who did. */
import { index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id, moment, orgId } from './columns.ts';

export const apiKeys = pgTable('api_keys', {
  id: id(),
  orgId: orgId(),
  name: text('name').notNull(),
  /** SHA-256 of the whole key, hex. */
  hash: text('hash').notNull().unique(),
  lastFour: text('last_four').notNull(),
  /** null: full access. */
  scopes: text('scopes').array(),
  lastUsedAt: moment('last_used_at'),
  expiresAt: moment('expires_at'),
  createdAt: createdAt(),
});

/** People who sign in; they may belong to several organisations. */
export const users = pgTable('users', {
  id: id(),
  email: text('email').notNull().unique(),
  name: text('name').notNull(),
  /** Argon2id, PHC string. Null: cannot sign in by password yet. */
  passwordHash: text('password_hash'),
  createdAt: createdAt(),
});

export const memberships = pgTable(
  'memberships',
  {
    orgId: orgId(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: text('role', { enum: ['admin', 'member'] }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.userId] })],
);

/** Append-only. */
export const auditLog = pgTable(
  'audit_log',
  {
    id: id(),
    orgId: orgId(),
    /** `api_key` with its id, or `system`. */
    actorType: text('actor_type', { enum: ['api_key', 'user', 'system'] }).notNull(),
    actorId: text('actor_id'),
    /** Resource and verb, such as `phone_agent.update`. */
    action: text('action').notNull(),
    targetId: text('target_id'),
    requestId: text('request_id'),
    /** Names of changed fields and the like; never a secret. */
    data: jsonb('data').$type<Record<string, unknown>>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [index('audit_log_org').on(table.orgId, table.createdAt, table.id)],
);
