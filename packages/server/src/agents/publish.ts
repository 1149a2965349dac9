import { and, eq, max } from 'drizzle-orm';
import { indexInstructions } from '../knowledge/agent-instructions.ts';
import type { Database } from '../store/database.ts';
import { phoneAgents, phoneAgentVersions } from '../store/schema.ts';
import { type AgentSettings, columnsOf } from './agent-settings.ts';

export type PhoneAgent = typeof phoneAgents.$inferSelect;
export type AgentVersion = typeof phoneAgentVersions.$inferSelect;

/** Whoever changes an agent holds its row until the transaction ends, so that versions are counted one by one. */
export async function lockAgent(tx: Database, orgId: string, id: string): Promise<PhoneAgent | undefined> {
  const [agent] = await tx
    .select()
    .from(phoneAgents)
    .where(and(eq(phoneAgents.orgId, orgId), eq(phoneAgents.id, id)))
    .for('update');
  return agent;
}

/**
 * Makes the settings the agent's own, as a new version or as the one that a draft becomes. Call it in a transaction, with
 * the agent locked.
 * @param draft number of the draft that is published.
 */
export async function publishSettings(
  tx: Database,
  agent: Pick<PhoneAgent, 'id' | 'orgId'>,
  settings: AgentSettings,
  draft?: number,
): Promise<{ readonly agent: PhoneAgent; readonly version: AgentVersion }> {
  const now = new Date();
  const ofAgent = eq(phoneAgentVersions.agentId, agent.id);
  await tx
    .update(phoneAgentVersions)
    .set({ state: 'superseded' })
    .where(and(ofAgent, eq(phoneAgentVersions.state, 'published')));
  const published = { state: 'published' as const, settings: { ...settings }, publishedAt: now };
  const [version] =
    draft === undefined
      ? await insertVersion(tx, agent, published)
      : await tx
          .update(phoneAgentVersions)
          .set(published)
          .where(and(ofAgent, eq(phoneAgentVersions.number, draft)))
          .returning();
  const [row] = await tx
    .update(phoneAgents)
    .set({ ...columnsOf(settings), updatedAt: now })
    .where(eq(phoneAgents.id, agent.id))
    .returning();
  if (!row || !version) throw new Error('A published agent was not returned by its update.');
  await indexInstructions(tx, row);
  return { agent: row, version };
}

/** With the next number of the agent. */
export async function insertVersion(
  tx: Database,
  agent: Pick<PhoneAgent, 'id' | 'orgId'>,
  version: Pick<typeof phoneAgentVersions.$inferInsert, 'state' | 'settings' | 'publishedAt'>,
): Promise<AgentVersion[]> {
  const [last] = await tx
    .select({ number: max(phoneAgentVersions.number) })
    .from(phoneAgentVersions)
    .where(eq(phoneAgentVersions.agentId, agent.id));
  return tx
    .insert(phoneAgentVersions)
    .values({ ...version, orgId: agent.orgId, agentId: agent.id, number: (last?.number ?? 0) + 1 })
    .returning();
}
