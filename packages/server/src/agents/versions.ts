import type { Voice } from '@dialplane/speech';
import { and, desc, eq, lt } from 'drizzle-orm';
import { Refusal } from '../refusal.ts';
import type { Database } from '../store/database.ts';
import { phoneAgentVersions } from '../store/schema.ts';
import { type AgentChanges, type AgentSettings, changed, defaultAgentSettings, settingsOf } from './agent-settings.ts';
import { checkSettings } from './check-settings.ts';
import { type AgentVersion, insertVersion, lockAgent, type PhoneAgent, publishSettings } from './publish.ts';

/** Which version of which agent. */
export interface VersionKey {
  readonly orgId: string;
  /** A UUID. */
  readonly agentId: string;
  readonly number: number;
}

/** A version's settings; settings that were thought of after it have their defaults. */
export function versionSettings(version: AgentVersion): AgentSettings {
  return { name: '', ...defaultAgentSettings, ...version.settings };
}

/**
 * A page of an agent's versions, newest first.
 * @param before the last number of the page before; null for the first page.
 */
export async function listVersions(
  db: Database,
  { orgId, id }: Pick<PhoneAgent, 'orgId' | 'id'>,
  before: number | null,
  limit: number,
): Promise<{ readonly items: readonly AgentVersion[]; readonly next: number | null }> {
  const rows = await db
    .select()
    .from(phoneAgentVersions)
    .where(
      and(
        eq(phoneAgentVersions.orgId, orgId),
        eq(phoneAgentVersions.agentId, id),
        before === null ? undefined : lt(phoneAgentVersions.number, before),
      ),
    )
    .orderBy(desc(phoneAgentVersions.number))
    // One more tells whether there is a next page.
    .limit(limit + 1);
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.number ?? null) : null };
}

/**
 * Saves what the agent is now, with the changes, as a draft that calls do not see.
 * @param changes checked ones (`checkSettings`).
 * @returns undefined when the organisation has no such agent.
 */
export async function saveDraft(
  db: Database,
  orgId: string,
  agentId: string,
  changes: AgentChanges,
): Promise<AgentVersion | undefined> {
  return db.transaction(async (tx) => {
    const agent = await lockAgent(tx, orgId, agentId);
    if (!agent) return undefined;
    const settings = { ...changed(settingsOf(agent), changes) };
    return (await insertVersion(tx, agent, { state: 'draft', settings }))[0];
  });
}

/**
 * @param changes checked ones (`checkSettings`).
 * @returns undefined when there is no such version.
 * @throws {Refusal} `agent_version_state` when it is no draft.
 */
export async function changeDraft(
  db: Database,
  key: VersionKey,
  changes: AgentChanges,
): Promise<AgentVersion | undefined> {
  return withVersion(db, key, async (tx, _agent, version) => {
    if (version.state !== 'draft') throw refused(version, 'Only drafts can be changed; save a new one.');
    const settings = { ...changed(versionSettings(version), changes) };
    const [saved] = await tx
      .update(phoneAgentVersions)
      .set({ settings })
      .where(eq(phoneAgentVersions.id, version.id))
      .returning();
    return saved;
  });
}

/**
 * Makes a draft what calls see.
 * @returns undefined when there is no such version.
 * @throws {Refusal} `agent_version_state` when it is no draft; those of `checkSettings` when something the draft names is
 *   gone since.
 */
export async function publishDraft(
  db: Database,
  voices: readonly Voice[],
  key: VersionKey,
): Promise<AgentVersion | undefined> {
  return withVersion(db, key, async (tx, agent, version) => {
    if (version.state !== 'draft') throw refused(version, 'Only drafts can be published; roll back to an earlier one.');
    const settings = versionSettings(version);
    await checkSettings(tx, voices, key.orgId, settings);
    return (await publishSettings(tx, agent, settings, version.number)).version;
  });
}

/**
 * Publishes an earlier version again, as a new one.
 * @returns the new version; undefined when there is no such earlier one.
 * @throws {Refusal} `agent_version_state` when it was not published before; those of `checkSettings` when something it
 *   names is gone since.
 */
export async function rollBack(
  db: Database,
  voices: readonly Voice[],
  key: VersionKey,
): Promise<AgentVersion | undefined> {
  return withVersion(db, key, async (tx, agent, version) => {
    if (version.state !== 'superseded')
      throw refused(version, 'Only versions that were published earlier can come back.');
    const settings = versionSettings(version);
    await checkSettings(tx, voices, key.orgId, settings);
    return (await publishSettings(tx, agent, settings)).version;
  });
}

async function withVersion(
  db: Database,
  { orgId, agentId, number }: VersionKey,
  use: (tx: Database, agent: PhoneAgent, version: AgentVersion) => Promise<AgentVersion | undefined>,
): Promise<AgentVersion | undefined> {
  return db.transaction(async (tx) => {
    const agent = await lockAgent(tx, orgId, agentId);
    const [version] = await tx
      .select()
      .from(phoneAgentVersions)
      .where(and(eq(phoneAgentVersions.agentId, agentId), eq(phoneAgentVersions.number, number)));
    return agent && version && use(tx, agent, version);
  });
}

const refused = ({ number, state }: AgentVersion, rule: string) =>
  new Refusal('agent_version_state', `Version ${number} is ${state === 'draft' ? 'a draft' : state}. ${rule}`);
