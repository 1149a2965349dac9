import { and, asc, eq, inArray, notInArray, sql } from 'drizzle-orm';
import { Refusal } from '../refusal.ts';
import type { Database } from '../store/database.ts';
import { outboundTrunks, phoneAgents, phoneNumbers } from '../store/schema.ts';

/** Which numbers an agent answers and through which trunk it dials. */
export interface AgentSipConfig {
  readonly inboundNumbers: readonly { readonly id: string; readonly phoneNumber: string }[];
  readonly outboundTrunk: {
    readonly id: string;
    readonly name: string;
    readonly createdAt: Date;
    readonly updatedAt: Date;
  } | null;
}

/** @param agentId an agent of the organisation. */
export async function readAgentSipConfig(db: Database, orgId: string, agentId: string): Promise<AgentSipConfig> {
  const inboundNumbers = await db
    .select({ id: phoneNumbers.id, phoneNumber: phoneNumbers.phoneNumber })
    .from(phoneNumbers)
    .where(and(eq(phoneNumbers.orgId, orgId), eq(phoneNumbers.agentId, agentId)))
    .orderBy(asc(phoneNumbers.createdAt), asc(phoneNumbers.phoneNumber));
  const [outboundTrunk = null] = await db
    .select({
      id: outboundTrunks.id,
      name: outboundTrunks.name,
      createdAt: outboundTrunks.createdAt,
      updatedAt: outboundTrunks.updatedAt,
    })
    .from(phoneAgents)
    .innerJoin(outboundTrunks, eq(outboundTrunks.id, phoneAgents.outboundTrunkId))
    .where(and(eq(phoneAgents.orgId, orgId), eq(phoneAgents.id, agentId)));
  return { inboundNumbers, outboundTrunk };
}

/**
 * Makes these the numbers the agent answers, and releases the others it had.
 * @param numberIds UUIDs of phone numbers of the organisation.
 * @throws {Refusal} `reference_unknown`, `phone_number_unverified`, or `phone_number_assigned` naming the other agent.
 */
export async function setInboundNumbers(
  db: Database,
  orgId: string,
  agentId: string,
  numberIds: readonly string[],
): Promise<AgentSipConfig> {
  return db.transaction(async (tx) => {
    const ids = numberIds.map((id) => id.toLowerCase());
    const wanted = await tx
      .select({
        id: phoneNumbers.id,
        number: phoneNumbers.phoneNumber,
        state: phoneNumbers.state,
        agentId: phoneNumbers.agentId,
        agentName: phoneAgents.name,
      })
      .from(phoneNumbers)
      .leftJoin(phoneAgents, eq(phoneAgents.id, phoneNumbers.agentId))
      .where(and(eq(phoneNumbers.orgId, orgId), inArray(phoneNumbers.id, ids)))
      .for('update', { of: phoneNumbers });
    const at = (faulty: readonly string[], code: string, detail: string) =>
      faulty.map((id) => ({ pointer: `/phone_number_ids/${ids.indexOf(id)}`, code, detail }));

    const known = new Set(wanted.map(({ id }) => id));
    const missing = [...new Set(ids)].filter((id) => !known.has(id));
    if (missing.length > 0) {
      throw new Refusal(
        'reference_unknown',
        'There is no phone number with one of these ids. List them with GET /phone/numbers.',
        at(missing, 'reference_unknown', 'is no number of the organisation'),
      );
    }
    const unverified = wanted.filter(({ state }) => state !== 'verified');
    if (unverified.length > 0) {
      throw new Refusal(
        'phone_number_unverified',
        `A number is not verified: ${unverified.map(({ number }) => number).join(', ')}. Verify it first.`,
        at(
          unverified.map(({ id }) => id),
          'phone_number_unverified',
          'is not verified',
        ),
      );
    }
    const elsewhere = wanted.filter((one) => one.agentId !== null && one.agentId !== agentId);
    if (elsewhere.length > 0) {
      const who = elsewhere.map(({ number, agentName }) => `${number} ("${agentName}")`).join(', ');
      throw new Refusal(
        'phone_number_assigned',
        `A number is with another agent: ${who}. Take it from there first with PUT /phone/sip/agents/{id}/inbound-numbers.`,
        at(
          elsewhere.map(({ id }) => id),
          'phone_number_assigned',
          'is with another agent',
        ),
      );
    }

    const mine = and(eq(phoneNumbers.orgId, orgId), eq(phoneNumbers.agentId, agentId));
    const keep = [...known];
    await tx
      .update(phoneNumbers)
      .set({ agentId: null, updatedAt: sql`now()` })
      .where(and(mine, keep.length > 0 ? notInArray(phoneNumbers.id, keep) : undefined));
    if (keep.length > 0) {
      await tx
        .update(phoneNumbers)
        .set({ agentId, updatedAt: sql`now()` })
        .where(and(eq(phoneNumbers.orgId, orgId), inArray(phoneNumbers.id, keep)));
    }
    return readAgentSipConfig(tx, orgId, agentId);
  });
}

/**
 * @param trunkId a UUID; null: the agent dials through no trunk.
 * @throws {Refusal} `reference_unknown`.
 */
export async function setOutboundTrunk(
  db: Database,
  orgId: string,
  agentId: string,
  trunkId: string | null,
): Promise<AgentSipConfig> {
  return db.transaction(async (tx) => {
    if (trunkId !== null) {
      // Locked, so that it is not deleted as unused at the same moment.
      const [trunk] = await tx
        .select({ id: outboundTrunks.id })
        .from(outboundTrunks)
        .where(and(eq(outboundTrunks.orgId, orgId), eq(outboundTrunks.id, trunkId)))
        .for('update');
      if (!trunk) {
        throw new Refusal(
          'reference_unknown',
          'There is no outbound trunk with this id. List them with GET /phone/sip/outbound-trunks.',
          [{ pointer: '/trunk_id', code: 'reference_unknown', detail: 'must be the id of an outbound trunk' }],
        );
      }
    }
    await tx
      .update(phoneAgents)
      .set({ outboundTrunkId: trunkId, updatedAt: sql`now()` })
      .where(and(eq(phoneAgents.orgId, orgId), eq(phoneAgents.id, agentId)));
    return readAgentSipConfig(tx, orgId, agentId);
  });
}
