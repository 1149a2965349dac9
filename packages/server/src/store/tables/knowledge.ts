/** What agents know. */
import { sql } from 'drizzle-orm';
import { boolean, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { phoneAgents } from './agents.ts';
import { createdAt, id, orgId, tsvector, updatedAt } from './columns.ts';

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
