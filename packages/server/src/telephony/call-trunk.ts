import { type CallTrunk, endings, type RoutableAgent } from '@dialplane/calls';
import { and, eq, getTableColumns, inArray, sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { calls, inboundTrunks, organisations, outboundTrunks, phoneAgents, phoneNumbers } from '../store/schema.ts';
import { spokenCodecs } from './spoken-codecs.ts';

const { phoneNumbers: _, ...trunkColumns } = getTableColumns(inboundTrunks);

/**
 * A trunk with everything routing looks at, as calls and the rehearsal of one read it.
 * @param trunkId an inbound trunk, or an outbound one whose registration a call came in over.
 * @param dialled the numbers that the call can be for, E.164; of ten thousand numbers only these are read.
 */
export async function readCallTrunk(
  db: Database,
  trunkId: string,
  dialled: (country: string) => readonly string[],
): Promise<CallTrunk | undefined> {
  const row = (await readInboundTrunk(db, trunkId)) ?? (await readRegisteredTrunk(db, trunkId));
  if (!row) return undefined;
  const { listId, ownNumber, ...trunk } = row;
  const wanted = dialled(trunk.country);
  const [agents, numbers, trunkNumbers] = await Promise.all([
    readAgents(db, trunk.orgId),
    readNumbersOf(db, trunk.orgId, wanted),
    listId === null ? new Set<string>() : readTrunkNumbers(db, listId, wanted),
  ]);
  if (ownNumber !== null) trunkNumbers.add(ownNumber);
  return { ...trunk, trunkNumbers, agents, numbers };
}

type TrunkRow = Omit<CallTrunk, 'trunkNumbers' | 'agents' | 'numbers'> & {
  /** The inbound trunk whose list of numbers counts. */
  readonly listId: string | null;
  /** A number that is on the trunk although on no list. */
  readonly ownNumber: string | null;
};

async function readInboundTrunk(db: Database, trunkId: string): Promise<TrunkRow | undefined> {
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
  return {
    id: trunk.id,
    kind: 'inbound',
    orgId: trunk.orgId,
    username: trunk.authUsername,
    country: trunk.country ?? orgCountry,
    noAgentStatus: trunk.noAgentStatus,
    fallback: trunk.fallback,
    maxCalls: trunk.maxCalls,
    callsPerSecond: trunk.callsPerSecond,
    codecs: spokenCodecs(trunk.codecs),
    mediaEncryption: trunk.mediaEncryption,
    noiseSuppression: trunk.krispEnabled ? 'auto' : 'off',
    defaultAgentId,
    listId: trunk.id,
    ownNumber: null,
  };
}

/** What becomes of a call that no rule matches is said by the organisation's inbound trunk, if it has one. */
async function readRegisteredTrunk(db: Database, trunkId: string): Promise<TrunkRow | undefined> {
  const [row] = await db
    .select({
      trunk: outboundTrunks,
      orgCountry: organisations.country,
      defaultAgentId: organisations.defaultPhoneAgentId,
      listId: inboundTrunks.id,
      fallback: inboundTrunks.fallback,
      noAgentStatus: inboundTrunks.noAgentStatus,
    })
    .from(outboundTrunks)
    .innerJoin(organisations, eq(organisations.id, outboundTrunks.orgId))
    .leftJoin(inboundTrunks, eq(inboundTrunks.orgId, outboundTrunks.orgId))
    .where(and(eq(outboundTrunks.id, trunkId), eq(outboundTrunks.register, true)));
  if (!row) return undefined;
  const { trunk, orgCountry, defaultAgentId, listId, fallback, noAgentStatus } = row;
  return {
    id: trunk.id,
    kind: 'outbound',
    orgId: trunk.orgId,
    username: trunk.username ?? trunk.name,
    country: trunk.country ?? orgCountry,
    noAgentStatus: noAgentStatus ?? endings.no_agent.sipCode,
    fallback: fallback ?? 'agent',
    maxCalls: trunk.maxCalls,
    callsPerSecond: trunk.callsPerSecond,
    codecs: spokenCodecs(trunk.codecs),
    mediaEncryption: trunk.mediaEncryption,
    // Outbound trunks have no setting of their own: as on a new inbound one.
    noiseSuppression: 'auto',
    defaultAgentId,
    listId,
    ownNumber: trunk.callerNumber,
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
