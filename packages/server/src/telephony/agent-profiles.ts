import type { AgentProfile } from '@dialplane/calls';
import { defaultSettings } from '@dialplane/conversation';
import { and, eq } from 'drizzle-orm';
import { menuOf, vocabularyOf } from '../knowledge/index.ts';
import type { Database } from '../store/database.ts';
import { phoneAgents } from '../store/schema.ts';

/** A changed agent or article is heard in calls after this long at most; a burst of calls asks the store once. */
const keepMs = 5000;
/** Voice of an agent that names none: the caller's simulator speaks with the other one. */
const defaultVoice = 'slt';

export interface AgentProfiles {
  find(orgId: string, agentId: string): Promise<AgentProfile | undefined>;
}

/** Settings and words of agents as calls need them. */
export function createAgentProfiles(db: Database, onProfile: (profile: AgentProfile) => void): AgentProfiles {
  const kept = new Map<string, { readonly untilMs: number; readonly profile: Promise<AgentProfile | undefined> }>();

  async function read(orgId: string, agentId: string): Promise<AgentProfile | undefined> {
    const [agent] = await db
      .select()
      .from(phoneAgents)
      .where(and(eq(phoneAgents.orgId, orgId), eq(phoneAgents.id, agentId)));
    if (!agent) return undefined;
    const profile: AgentProfile = {
      settings: {
        ...defaultSettings,
        agentId: agent.id,
        firstMessage: agent.firstMessage ?? '',
        voice: agent.voiceId ?? defaultVoice,
        interruptible: agent.interruptible,
        menu: await menuOf(db, agent),
      },
      vocabulary: await vocabularyOf(db, agent),
    };
    onProfile(profile);
    return profile;
  }

  return {
    find(orgId, agentId) {
      const key = `${orgId}/${agentId}`;
      const found = kept.get(key);
      const nowMs = performance.now();
      if (found && found.untilMs > nowMs) return found.profile;
      const profile = read(orgId, agentId);
      kept.set(key, { untilMs: nowMs + keepMs, profile });
      // A failed read is not kept: the next call tries again.
      profile.catch(() => kept.delete(key));
      return profile;
    },
  };
}
