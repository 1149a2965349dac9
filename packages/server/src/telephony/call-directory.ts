/** The store as calls see it: credentials, agents, and the call record with its projections. */
import type { CallDirectory } from '@dialplane/calls';
import type { EventBus } from '../live/event-bus.ts';
import type { SipRegion } from '../public-address.ts';
import type { Secrets } from '../secrets.ts';
import type { Database } from '../store/database.ts';
import { findTrunkByUsername } from '../trunks.ts';
import type { AgentProfiles } from './agent-profiles.ts';
import { appendEvents } from './append-events.ts';
import { readCallTrunk } from './call-trunk.ts';
import { isDigestAlgorithm } from './digest-algorithms.ts';
import { openCall } from './open-call.ts';
import { openOutgoingCall } from './open-outgoing-call.ts';
import type { RefusalLog } from './refusal-log.ts';
import { rememberCredentials } from './remembered-credentials.ts';
import type { TrunkSightings } from './trunk-sightings.ts';

export interface CallDirectoryOptions {
  readonly db: Database;
  readonly secrets: Secrets;
  readonly refusals: RefusalLog;
  readonly profiles: AgentProfiles;
  readonly sightings: TrunkSightings;
  /** Of the host that was called. */
  readonly regionOf: (host: string) => SipRegion;
  /** Told of every event once it is stored. */
  readonly bus: EventBus;
}

export function createCallDirectory({
  db,
  secrets,
  refusals,
  profiles,
  regionOf,
  sightings,
  bus,
}: CallDirectoryOptions): CallDirectory {
  return {
    findCredential: rememberCredentials(async (username) => {
      const trunk = await findTrunkByUsername(db, secrets, username);
      if (!trunk) return undefined;
      const algorithms = trunk.digestAlgorithms.filter(isDigestAlgorithm);
      return { password: trunk.authPassword, owner: trunk.id, algorithms };
    }),

    findTrunk: (trunkId, dialled) => readCallTrunk(db, trunkId, dialled),
    findAgentProfile: (orgId, agentId) => profiles.find(orgId, agentId),
    async openCall(opening) {
      const call = await openCall(db, opening, regionOf(opening.host));
      bus.publish({ orgId: call.orgId, sessionId: call.sessionId, callId: call.id });
      return call;
    },
    async openOutgoingCall(opening) {
      const call = await openOutgoingCall(db, opening);
      bus.publish({ orgId: call.orgId, sessionId: call.sessionId, callId: call.id });
      return call;
    },
    async appendEvents(call, events) {
      await appendEvents(db, call, events);
      bus.publish({ orgId: call.orgId, sessionId: call.sessionId, callId: call.id });
    },
    noteSeen: (trunkId, sighting) => sightings.note(trunkId, sighting),
    noteRefusal: (refusal) => refusals.note(refusal),
  };
}
