import type { CallTrunk, RoutableAgent } from '@dialplane/calls';
import { and, eq, getTableColumns, inArray, sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { calls, inboundTrunks, organisations, phoneAgents, phoneNumbers } from '../store/schema.ts';
import { spokenCodecs } from './spoken-codecs.ts';

const { phoneNumbers: _, ...trunkColumns } = getTableColumns(inboundTrunks);

/**
 * A trunk with everything routing looks at, as calls and the rehearsal of one read it.
 * @param dialled the numbers that the call can be for, E.164; of ten thousand numbers only these are read.
 */
export async function readCallTrunk(
  db: Database,
  trunkId: string,
  dialled: (country: string) => readonly string[],
): Promise<CallTrunk | undefined> {
  const [row] = await db
    .select({
      trunk: trunkColumns,
      orgCountry: organisations.country,
      defaultAgentId: organisations.defaultPhoneAgentId,
    })
    .from(inboundTrunks)
    .innerJoin(organisations, eq(organisations.id, inboundTrunks.orgId))
    .where(eq(inboundTrunks.id, trunkId));
  if (!row) return undefined;
  const { trunk, orgCountry, defaultAgentId } = row;
  const country = trunk.country ?? orgCountry;
  const wanted = dialled(country);
  const [agents, numbers, trunkNumbers] = await Promise.all([
    readAgents(db, trunk.orgId),
    readNumbersOf(db, trunk.orgId, wanted),
    readTrunkNumbers(db, trunk.id, wanted),
  ]);
  return {
    id: trunk.id,
    orgId: trunk.orgId,
    username: trunk.authUsername,
    country,
    noAgentStatus: trunk.noAgentStatus,
    fallback: trunk.fallback,
    maxCalls: trunk.maxCalls,
    callsPerSecond: trunk.callsPerSecond,
    codecs: spokenCodecs(trunk.codecs),
    mediaEncryption: trunk.mediaEncryption,
    trunkNumbers,
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

async function readNumbersOf(
  db: Database,
  orgId: string,
  wanted: readonly string[],
): Promise<Map<string, string | null>> {
  if (wanted.length === 0) return new Map();
  const rows = await db
    .select({ number: phoneNumbers.phoneNumber, agentId: phoneNumbers.agentId })
    .from(phoneNumbers)
    .where(
      and(
        inArray(phoneNumbers.phoneNumber, [...wanted]),
        eq(phoneNumbers.orgId, orgId),
        eq(phoneNumbers.state, 'verified'),
      ),
    );
  return new Map(rows.map(({ number, agentId }) => [number, agentId]));
}

/** The list stays in the database: it is one row's, and may be long. */
async function readTrunkNumbers(db: Database, trunkId: string, wanted: readonly string[]): Promise<Set<string>> {
  if (wanted.length === 0) return new Set();
  const listed = wanted.map((number) => sql<boolean>`${number} = any(${inboundTrunks.phoneNumbers})`);
  const [row] = await db
    .select({ listed: sql<boolean[]>`array[${sql.join(listed, sql`, `)}]` })
    .from(inboundTrunks)
    .where(eq(inboundTrunks.id, trunkId));
  return new Set(wanted.filter((_, i) => row?.listed[i]));
}
