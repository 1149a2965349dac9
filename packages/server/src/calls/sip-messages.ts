import type { OpenedCall, TracedMessage } from '@dialplane/calls';
import { and, asc, count, eq, gt } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { sipMessages } from '../store/schema.ts';

export type SipMessageRow = typeof sipMessages.$inferSelect;

/** Appends SIP messages of a call in their order; one call's are appended one batch after the other. */
export async function appendSipMessages(
  db: Database,
  call: OpenedCall,
  messages: readonly TracedMessage[],
): Promise<void> {
  if (messages.length === 0) return;
  const [known] = await db.select({ stored: count() }).from(sipMessages).where(eq(sipMessages.callId, call.id));
  const first = known?.stored ?? 0;
  await db.insert(sipMessages).values(
    messages.map(({ atMs, ...message }, i) => ({
      ...message,
      callId: call.id,
      orgId: call.orgId,
      number: first + i,
      atMs: Math.round(atMs - call.startedAt.getTime()),
    })),
  );
}

export interface SipMessagePage {
  readonly items: readonly SipMessageRow[];
  /** Number of the last item; null on the last page. */
  readonly next: number | null;
}

/** @param after number of the last message seen, or null for the beginning. */
export async function listSipMessages(
  db: Database,
  orgId: string,
  callId: string,
  after: number | null,
  limit: number,
): Promise<SipMessagePage> {
  const rows = await db
    .select()
    .from(sipMessages)
    .where(
      and(
        eq(sipMessages.orgId, orgId),
        eq(sipMessages.callId, callId),
        after === null ? undefined : gt(sipMessages.number, after),
      ),
    )
    .orderBy(asc(sipMessages.number))
    // One more tells whether there is a next page.
    .limit(limit + 1);
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.number ?? null) : null };
}
