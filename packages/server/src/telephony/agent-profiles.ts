import type { AgentProfile } from '@dialplane/calls';
import type { ConversationSettings } from '@dialplane/conversation';
import { and, eq } from 'drizzle-orm';
import { settingsOf } from '../agents/agent-settings.ts';
import { type Behaviour, silencePromptsIn } from '../agents/behaviour.ts';
import type { PhoneAgent } from '../agents.ts';
import { menuOf, vocabularyOf } from '../knowledge/index.ts';
import type { Database } from '../store/database.ts';
import { organisations, phoneAgents } from '../store/schema.ts';

/** A changed article is heard in calls after this long at most; a burst of calls asks the store once. */
const keepMs = 5000;
/** Voice of an agent that names none: the caller's simulator speaks with the other one. */
export const defaultVoice = 'slt';

export interface AgentProfiles {
  find(orgId: string, agentId: string): Promise<AgentProfile | undefined>;
  /** The agent has changed or is gone: the next call reads it anew. */
  forget(orgId: string, agentId: string): void;
}

/** Active level of the voices of this machine's synthesiser, which levels of the ambience are relative to. */
const voiceDbfs = -20;

function ambienceOf({ ambience, ambience_db }: Behaviour): AgentProfile['ambience'] {
  return ambience === 'none' ? undefined : { preset: ambience, levelDbfs: voiceDbfs + ambience_db };
}

/**
 * Settings and words of agents as calls need them.
 * @param onProfile told about an agent's words as soon as they are known, so that no call waits for what is built of them.
 */
export function createAgentProfiles(db: Database, onProfile: (profile: AgentProfile) => void): AgentProfiles {
  const kept = new Map<string, { readonly untilMs: number; readonly profile: Promise<AgentProfile | undefined> }>();
  const keyOf = (orgId: string, agentId: string) => `${orgId}/${agentId}`;

  async function read(orgId: string, agentId: string): Promise<AgentProfile | undefined> {
    const [row] = await db
      .select({ agent: phoneAgents, records: organisations.recording })
      .from(phoneAgents)
      .innerJoin(organisations, eq(organisations.id, phoneAgents.orgId))
      .where(and(eq(phoneAgents.orgId, orgId), eq(phoneAgents.id, agentId)));
    if (!row) return undefined;
    const { agent, records } = row;
    const profile: AgentProfile = {
      settings: conversationSettings(agent, await menuOf(db, agent)),
      vocabulary: await vocabularyOf(db, agent),
      isRecorded: records && agent.recordingEnabled,
      noiseSuppression: settingsOf(agent).noise_suppression,
      ambience: ambienceOf(settingsOf(agent)),
    };
    onProfile(profile);
    return profile;
  }

  return {
    find(orgId, agentId) {
      const key = keyOf(orgId, agentId);
      const found = kept.get(key);
      const nowMs = performance.now();
      if (found && found.untilMs > nowMs) return found.profile;
      const profile = read(orgId, agentId);
      kept.set(key, { untilMs: nowMs + keepMs, profile });
      // A failed read is not kept: the next call tries again.
      profile.catch(() => {
        if (kept.get(key)?.profile === profile) kept.delete(key);
      });
      return profile;
    },
    forget: (orgId, agentId) => void kept.delete(keyOf(orgId, agentId)),
  };
}

function conversationSettings(agent: PhoneAgent, menu: ConversationSettings['menu']): ConversationSettings {
  const settings = settingsOf(agent);
  return {
    agentId: agent.id,
    disclosure: settings.disclosure ?? '',
    firstMessage: settings.first_message ?? '',
    voice: settings.voice_id ?? defaultVoice,
    silencePromptAfterMs: settings.silence_prompt_after_ms,
    silenceMaxPrompts: settings.silence_max_prompts,
    silenceEndAfterMs: settings.silence_end_after_ms,
    silencePrompts: silencePromptsIn(settings.languages[0] ?? null, settings.silence_prompts),
    endpointingSilenceMs: settings.endpointing.silence_ms,
    interruptible: settings.interruptible,
    maxCallMs: settings.max_call_ms,
    menu,
  };
}
