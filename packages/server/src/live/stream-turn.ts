import { sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';

/**
 * To be called in a transaction before it writes what live streams tell, and before it locks rows of sessions: everybody
 * takes these locks in this order, so nobody waits in a circle. Positions are taken from a sequence, and a reader
 * that has seen position 11 never looks for 10 again; so writers of one organisation commit in the order of their
 * positions, one after the other. The lock ends with the transaction.
 */
export async function takeStreamTurn(tx: Database, orgId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${orgId}, 0))`);
}
