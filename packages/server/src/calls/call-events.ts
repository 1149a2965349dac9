import { and, asc, eq, gt } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { callEvents } from '../store/schema.ts';

export type StoredCallEvent = typeof callEvents.$inferSelect;

/** Events of a call behind a `seq`, in order. @param after -1 for the beginning. */
export async function readCallEvents(
  db: Database,
  callId: string,
  after: number,
  limit: number,
): Promise<StoredCallEvent[]> {
  return db
    .select()
    .from(callEvents)
    .where(and(eq(callEvents.callId, callId), gt(callEvents.seq, after)))
    .orderBy(asc(callEvents.seq))
    .limit(limit);
}
