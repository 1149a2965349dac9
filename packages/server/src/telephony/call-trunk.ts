import type { CallTrunk, RoutableAgent } from '@dialplane/calls';
import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { calls, inboundTrunks, organisations, phoneAgents, phoneNumbers } from '../store/schema.ts';

/** Whether media threads speak it. */
const isSpoken = (codec: string): codec is CallTrunk['codecs'][number] => codec === 'PCMU' || codec === 'PCMA';

/** A trunk with everything routing looks at, as calls and the rehearsal of one read it. */
export async function readCallTrunk(db: Database, trunkId: string): Promise<CallTrunk | undefined> {
  const [row] = await db
    .select({
      trunk: inboundTrunks,
      orgCountry: organisations.country,
      defaultAgentId: organisations.defaultPhoneAgentId,
    })
    .from(inboundTrunks)
    .innerJoin(organisations, eq(organisations.id, inboundTrunks.orgId))
    .where(eq(inboundTrunks.id, trunkId));
  if (!row) return undefined;
  const { trunk, orgCountry, defaultAgentId } = row;
  const [agents, numbers] = await Promise.all([readAgents(db, trunk.orgId), readNumbersOf(db, trunk.orgId)]);
  return {
    id: trunk.id,
    orgId: trunk.orgId,
    username: trunk.authUsername,
    country: trunk.country ?? orgCountry,
    noAgentStatus: trunk.noAgentStatus,
    fallback: trunk.fallback,
    maxCalls: trunk.maxCalls,
    callsPerSecond: trunk.callsPerSecond,
    codecs: trunk.codecs.filter(isSpoken),
    mediaEncryption: trunk.mediaEncryption,
    trunkNumbers: new Set(trunk.phoneNumbers),
    defaultAgentId,
    agents,
    numbers,
  };
}

async function readAgents(db: Database, orgId: string): Promise<RoutableAgent[]> {
  // A call lasts hours at most: looking back a day keeps the count on the index of calls by their start.
  const live = sql`(select count(*) from ${calls} where ${calls.orgId} = ${orgId} and ${calls.startedAt} > now() - interval '1 day' and ${calls.agentId} = ${phoneAgents.id} and ${calls.state} <> 'ended')`;
  const limit = sql`(${phoneAgents.behaviour}->>'max_calls')::int`;
  const rows = await db
    .select({
      id: phoneAgents.id,
      name: phoneAgents.name,
      type: phoneAgents.type,
      enabled: phoneAgents.enabled,
      createdAt: phoneAgents.createdAt,
      hasCapacity: sql<boolean>`case when ${limit} is null then true else ${live} < ${limit} end`,
    })
    .from(phoneAgents)
    .where(eq(phoneAgents.orgId, orgId));
  return rows.map(({ createdAt, ...agent }) => ({ ...agent, createdAtMs: createdAt.getTime() }));
}

async function readNumbersOf(db: Database, orgId: string): Promise<Map<string, string | null>> {
  const rows = await db
    .select({ number: phoneNumbers.phoneNumber, agentId: phoneNumbers.agentId })
    .from(phoneNumbers)
    .where(and(eq(phoneNumbers.orgId, orgId), eq(phoneNumbers.state, 'verified')));
  return new Map(rows.map(({ number, agentId }) => [number, agentId]));
}
