/** The store as calls see it: credentials, agents, and the call record with its projections. */
import type { CallDirectory } from '@dialplane/calls';
import type { Secrets } from '../secrets.ts';
import type { Database } from '../store/database.ts';
import { findTrunkByUsername } from '../trunks.ts';
import type { AgentProfiles } from './agent-profiles.ts';
import { appendEvents } from './append-events.ts';
import { readCallTrunk } from './call-trunk.ts';
import { openCall } from './open-call.ts';
import type { RefusalLog } from './refusal-log.ts';

export interface CallDirectoryOptions {
  readonly db: Database;
  readonly secrets: Secrets;
  readonly refusals: RefusalLog;
  readonly profiles: AgentProfiles;
}

export function createCallDirectory({ db, secrets, refusals, profiles }: CallDirectoryOptions): CallDirectory {
  return {
    async findCredential(username) {
      const trunk = await findTrunkByUsername(db, secrets, username);
      return trunk && { password: trunk.authPassword, owner: trunk.id };
    },

    findTrunk: (trunkId) => readCallTrunk(db, trunkId),
    findAgentProfile: (orgId, agentId) => profiles.find(orgId, agentId),
    openCall: (opening) => openCall(db, opening),
    appendEvents: (call, events) => appendEvents(db, call, events),
    noteRefusal: (refusal) => refusals.note(refusal),
  };
}
