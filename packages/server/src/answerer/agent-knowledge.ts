/** Loads what an agent may speak and keeps it analysed in memory for as long as nothing of it changes. */
import { eq, sql } from 'drizzle-orm';
import { usablePassages } from '../knowledge/usable-passages.ts';
import type { Database } from '../store/database.ts';
import { knowledge, organisations, passages, phoneAgents } from '../store/schema.ts';
import { type Corpus, corpusOf } from './corpus.ts';

export interface AnsweringAgent {
  readonly id: string;
  readonly orgId: string;
  readonly instructions: readonly string[] | null;
  readonly useOrgKnowledgebase: boolean;
  readonly handoffPhoneNumber: string | null;
}

export interface AgentKnowledge {
  readonly agent: AnsweringAgent;
  readonly corpus: Corpus;
  /** The agent is gone: this is what it knew last, for the calls it is still in. */
  readonly deleted: boolean;
}

/** The answerer cannot answer for an agent it does not find. */
class AnswererError extends Error {
  readonly code = 'agent_unknown';
  readonly errorClass = 'ours';
}

/** An analysed article takes some kilobytes; agents beyond this many are analysed again when they are next called. */
const maxKept = 200;

interface Kept {
  readonly revision: string;
  readonly agent: AnsweringAgent;
  readonly corpus: Corpus;
}

export interface KnowledgeCache {
  /** @throws {AnswererError} when there is no such agent, nor was one lately. */
  knowledgeOf(agentId: string): Promise<AgentKnowledge>;
}

export function createKnowledgeCache(db: Database): KnowledgeCache {
  const kept = new Map<string, Kept>();
  return {
    async knowledgeOf(agentId) {
      const found = await readAgent(db, agentId);
      const known = kept.get(agentId);
      if (found === undefined) {
        if (known === undefined) throw new AnswererError(`There is no agent ${agentId}; it may have been deleted.`);
        return { agent: known.agent, corpus: known.corpus, deleted: true };
      }
      const { organisation, revision, ...agent } = found;
      const corpus =
        known?.revision === revision ? known.corpus : corpusOf(await usablePassages(db, agent), organisation);
      // The one used longest ago goes first.
      kept.delete(agentId);
      kept.set(agentId, { revision, agent, corpus });
      for (const oldest of kept.keys()) {
        if (kept.size <= maxKept) break;
        kept.delete(oldest);
      }
      return { agent, corpus, deleted: false };
    },
  };
}

/** The agent, with a text that changes whenever its instructions or an article of its organisation do. */
async function readAgent(
  db: Database,
  agentId: string,
): Promise<(AnsweringAgent & { readonly organisation: string; readonly revision: string }) | undefined> {
  const articles = sql`(select count(*) || ' ' || coalesce(max(${knowledge.updatedAt})::text, '') from ${knowledge} where ${knowledge.orgId} = ${phoneAgents.orgId})`;
  const instructions = sql`(select coalesce(md5(string_agg(${passages.id}::text, ',' order by ${passages.id})), '') from ${passages} where ${passages.agentId} = ${phoneAgents.id})`;
  const settings = sql`${phoneAgents.useOrgKnowledgebase}::text || coalesce(array_to_string(${phoneAgents.instructions}, ','), '') || ${organisations.name}`;
  const [row] = await db
    .select({
      id: phoneAgents.id,
      orgId: phoneAgents.orgId,
      instructions: phoneAgents.instructions,
      useOrgKnowledgebase: phoneAgents.useOrgKnowledgebase,
      handoffPhoneNumber: phoneAgents.handoffPhoneNumber,
      organisation: organisations.name,
      revision: sql<string>`concat_ws('|', ${articles}, ${instructions}, md5(${settings}))`,
    })
    .from(phoneAgents)
    .innerJoin(organisations, eq(organisations.id, phoneAgents.orgId))
    .where(eq(phoneAgents.id, agentId));
  return row;
}
