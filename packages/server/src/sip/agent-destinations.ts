import { and, asc, eq } from 'drizzle-orm';
import { Refusal } from '../refusal.ts';
import type { Database } from '../store/database.ts';
import { agentTransferDestinations, transferDestinations } from '../store/schema.ts';
import { type TransferDestination, transferDestinationNotFound } from './transfer-destinations.ts';

/** The destinations an agent may transfer to, in the order they were assigned. */
export async function listAgentDestinations(
  db: Database,
  orgId: string,
  agentId: string,
): Promise<TransferDestination[]> {
  return db
    .select({
      id: transferDestinations.id,
      orgId: transferDestinations.orgId,
      name: transferDestinations.name,
      type: transferDestinations.type,
      value: transferDestinations.value,
      username: transferDestinations.username,
      createdAt: transferDestinations.createdAt,
      updatedAt: transferDestinations.updatedAt,
    })
    .from(agentTransferDestinations)
    .innerJoin(transferDestinations, eq(transferDestinations.id, agentTransferDestinations.destinationId))
    .where(and(eq(agentTransferDestinations.orgId, orgId), eq(agentTransferDestinations.agentId, agentId)))
    .orderBy(asc(agentTransferDestinations.createdAt), asc(transferDestinations.id));
}

/**
 * A second time changes nothing.
 * @param agentId an agent of the organisation.
 * @throws {Refusal} `reference_unknown`.
 */
export async function assignDestination(
  db: Database,
  orgId: string,
  agentId: string,
  destinationId: string,
): Promise<void> {
  await db.transaction(async (tx) => {
    // Locked, so that it is not deleted as unused at the same moment.
    const [known] = await tx
      .select({ id: transferDestinations.id })
      .from(transferDestinations)
      .where(and(eq(transferDestinations.orgId, orgId), eq(transferDestinations.id, destinationId)))
      .for('update');
    if (!known) {
      throw new Refusal(
        'reference_unknown',
        'There is no transfer destination with this id. List them with GET /phone/sip/transfer-destinations.',
        [{ pointer: '/destination_id', code: 'reference_unknown', detail: 'must be the id of a transfer destination' }],
      );
    }
    await tx.insert(agentTransferDestinations).values({ orgId, agentId, destinationId }).onConflictDoNothing();
  });
}

/** @throws {Refusal} `transfer_destination_not_found` when the agent does not have it. */
export async function unassignDestination(
  db: Database,
  orgId: string,
  agentId: string,
  destinationId: string,
): Promise<void> {
  const [row] = await db
    .delete(agentTransferDestinations)
    .where(
      and(
        eq(agentTransferDestinations.orgId, orgId),
        eq(agentTransferDestinations.agentId, agentId),
        eq(agentTransferDestinations.destinationId, destinationId),
      ),
    )
    .returning({ id: agentTransferDestinations.destinationId });
  if (!row) throw transferDestinationNotFound();
}
