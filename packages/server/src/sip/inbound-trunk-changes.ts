import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { Secrets } from '../secrets.ts';
import type { Database } from '../store/database.ts';
import { inboundTrunks } from '../store/schema.ts';
import {
  checkAuthentication,
  type InboundTrunk,
  openTrunk,
  type TrunkSettings,
  trunkPasswordRecord,
} from '../trunks.ts';

/**
 * The organisation's trunk with other settings; undefined when it has none.
 * @throws {Refusal} when the settings together would keep everybody out.
 */
export async function changeTrunk(
  db: Database,
  secrets: Secrets,
  orgId: string,
  settings: TrunkSettings,
): Promise<InboundTrunk | undefined> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .update(inboundTrunks)
      .set({ ...settings, updatedAt: sql`now()` })
      .where(eq(inboundTrunks.orgId, orgId))
      .returning();
    if (row) checkAuthentication(row);
    return row && openTrunk(row, secrets);
  });
}

/** A new password at once: the former one is refused from the next call on, and calls in progress go on. */
export async function rotateTrunkPassword(
  db: Database,
  secrets: Secrets,
  orgId: string,
): Promise<InboundTrunk | undefined> {
  const [known] = await db.select({ id: inboundTrunks.id }).from(inboundTrunks).where(eq(inboundTrunks.orgId, orgId));
  if (!known) return undefined;
  const [row] = await db
    .update(inboundTrunks)
    .set({ authPasswordSealed: secrets.seal(randomUUID(), trunkPasswordRecord(known.id)), updatedAt: sql`now()` })
    .where(eq(inboundTrunks.id, known.id))
    .returning();
  return row && openTrunk(row, secrets);
}

/** Its numbers stay the organisation's, and with their agents. @returns the id of what was deleted. */
export async function deleteTrunk(db: Database, orgId: string): Promise<string | undefined> {
  const [row] = await db
    .delete(inboundTrunks)
    .where(eq(inboundTrunks.orgId, orgId))
    .returning({ id: inboundTrunks.id });
  return row?.id;
}
