import { and, asc, eq, inArray, isNotNull, isNull, or, type SQL } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { knowledge, passages } from '../store/schema.ts';
import { articleIdsOf, type InstructedAgent } from './agent-instructions.ts';

export interface KnowingAgent extends InstructedAgent {
  readonly useOrgKnowledgebase: boolean;
}

export interface UsablePassage {
  readonly id: string;
  /** The article it belongs to; null for the agent's own instruction texts. */
  readonly knowledgeId: string | null;
  readonly ordinal: number;
  readonly title: string;
  readonly text: string;
}

/** Rows of `passages` left-joined with `knowledge` that this agent may speak: drafts never, the rest by its settings. */
export function usableBy(agent: KnowingAgent): SQL | undefined {
  const ids = articleIdsOf(agent.instructions);
  const articles = agent.useOrgKnowledgebase
    ? isNotNull(passages.knowledgeId)
    : ids.length > 0
      ? inArray(passages.knowledgeId, ids)
      : undefined;
  return and(
    eq(passages.orgId, agent.orgId),
    or(isNull(knowledge.id), eq(knowledge.isDraft, false)),
    or(eq(passages.agentId, agent.id), articles),
  );
}

/** Everything the agent may speak: its instructions first, then the articles from the oldest. */
export function usablePassages(db: Database, agent: KnowingAgent): Promise<UsablePassage[]> {
  return db
    .select({
      id: passages.id,
      knowledgeId: passages.knowledgeId,
      ordinal: passages.ordinal,
      title: passages.title,
      text: passages.text,
    })
    .from(passages)
    .leftJoin(knowledge, eq(knowledge.id, passages.knowledgeId))
    .where(usableBy(agent))
    .orderBy(
      asc(isNotNull(passages.knowledgeId)),
      asc(knowledge.createdAt),
      asc(passages.knowledgeId),
      asc(passages.ordinal),
    );
}
