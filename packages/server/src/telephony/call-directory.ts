/** The store as calls see it: credentials, agents, and the call record with its projections. */
import type { AgentProfile, CallDirectory } from '@dialplane/calls';
import { and, eq } from 'drizzle-orm';
import type { Secrets } from '../secrets.ts';
import type { Database } from '../store/database.ts';
import { inboundTrunks, organisations, phoneAgents } from '../store/schema.ts';
import { findTrunkByUsername } from '../trunks.ts';
import { createAgentProfiles } from './agent-profiles.ts';
import { appendEvents } from './append-events.ts';
import { openCall } from './open-call.ts';

export interface CallDirectoryOptions {
  readonly db: Database;
  readonly secrets: Secrets;
  /** Told about an agent's words as soon as they are known, so that no call waits for a language model to be built. */
  readonly onProfile: (profile: AgentProfile) => void;
}

export function createCallDirectory({ db, secrets, onProfile }: CallDirectoryOptions): CallDirectory {
  const profiles = createAgentProfiles(db, onProfile);

  return {
    async findCredential(username) {
      const trunk = await findTrunkByUsername(db, secrets, username);
      return trunk && { password: trunk.authPassword, owner: trunk.id };
    },

    async findTrunk(trunkId) {
      const [trunk] = await db
        .select({
          id: inboundTrunks.id,
          orgId: inboundTrunks.orgId,
          country: inboundTrunks.country,
          orgCountry: organisations.country,
          fallback: inboundTrunks.fallback,
          noAgentStatus: inboundTrunks.noAgentStatus,
        })
        .from(inboundTrunks)
        .innerJoin(organisations, eq(organisations.id, inboundTrunks.orgId))
        .where(eq(inboundTrunks.id, trunkId));
      if (!trunk) return undefined;
      const agents = await db
        .select({
          id: phoneAgents.id,
          name: phoneAgents.name,
          type: phoneAgents.type,
          enabled: phoneAgents.enabled,
          createdAt: phoneAgents.createdAt,
        })
        .from(phoneAgents)
        .where(and(eq(phoneAgents.orgId, trunk.orgId), eq(phoneAgents.enabled, true)));
      const { orgCountry, country, ...rest } = trunk;
      return {
        ...rest,
        country: country ?? orgCountry,
        agents: agents.map(({ createdAt, ...agent }) => ({ ...agent, createdAtMs: createdAt.getTime() })),
      };
    },

    findAgentProfile: (orgId, agentId) => profiles.find(orgId, agentId),
    openCall: (opening) => openCall(db, opening),
    appendEvents: (call, events) => appendEvents(db, call, events),
  };
}
