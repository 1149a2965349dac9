import { isDeepStrictEqual } from 'node:util';
import { and, asc, eq } from 'drizzle-orm';
import {
  type AgentChanges,
  type AgentSettings,
  changed,
  columnsOf,
  defaultAgentSettings,
  settingsOf,
} from './agents/agent-settings.ts';
import { withLanguages } from './agents/languages.ts';
import { insertVersion, lockAgent, type PhoneAgent, publishSettings } from './agents/publish.ts';
import { indexInstructions } from './knowledge/agent-instructions.ts';
import type { Database } from './store/database.ts';
import { organisations, phoneAgents } from './store/schema.ts';

export type { PhoneAgent } from './agents/publish.ts';

/** What can be said of a new agent; everything but the name has a default. */
export type NewAgent = AgentChanges & Pick<AgentSettings, 'name'>;

/** Makes an agent and its first version, of settings that are checked (`checkSettings`) or our own. */
export async function createAgent(db: Database, orgId: string, given: NewAgent): Promise<PhoneAgent> {
  const settings = changed({ ...defaultAgentSettings, name: given.name }, withLanguages(given));
  return db.transaction(async (tx) => {
    const [agent] = await tx
      .insert(phoneAgents)
      .values({ ...columnsOf(settings), orgId })
      .returning();
    if (!agent) throw new Error('The agent was not returned by its insert.');
    await insertVersion(tx, agent, { state: 'published', settings: { ...settings }, publishedAt: agent.createdAt });
    await indexInstructions(tx, agent);
    return agent;
  });
}

/** Oldest first. */
export async function listAgents(db: Database, orgId: string): Promise<PhoneAgent[]> {
  return db
    .select()
    .from(phoneAgents)
    .where(eq(phoneAgents.orgId, orgId))
    .orderBy(asc(phoneAgents.createdAt), asc(phoneAgents.id));
}

/** @param id a UUID. */
export async function findAgent(db: Database, orgId: string, id: string): Promise<PhoneAgent | undefined> {
  const [row] = await db
    .select()
    .from(phoneAgents)
    .where(and(eq(phoneAgents.orgId, orgId), eq(phoneAgents.id, id)));
  return row;
}

/**
 * Changes an agent, by publishing a version of it. Changes that change nothing make no version.
 * @param changes checked ones (`checkSettings`).
 * @returns undefined when the organisation has no such agent.
 */
export async function updateAgent(
  db: Database,
  orgId: string,
  id: string,
  changes: AgentChanges,
): Promise<PhoneAgent | undefined> {
  return db.transaction(async (tx) => {
    const agent = await lockAgent(tx, orgId, id);
    if (!agent) return undefined;
    const before = settingsOf(agent);
    const settings = changed(before, changes);
    return isDeepStrictEqual(settings, before) ? agent : (await publishSettings(tx, agent, settings)).agent;
  });
}

/**
 * Deletes an agent. Its numbers are free for others and its calls stay on record; calls that it is in go on to their end.
 * @returns false when the organisation has no such agent.
 */
export async function deleteAgent(db: Database, orgId: string, id: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const deleted = await tx
      .delete(phoneAgents)
      .where(and(eq(phoneAgents.orgId, orgId), eq(phoneAgents.id, id)))
      .returning({ id: phoneAgents.id });
    await tx
      .update(organisations)
      .set({ defaultPhoneAgentId: null })
      .where(and(eq(organisations.id, orgId), eq(organisations.defaultPhoneAgentId, id)));
    return deleted.length > 0;
  });
}
