import { eq, sql } from 'drizzle-orm';
import { takeStreamTurn } from './live/stream-turn.ts';
import type { Database } from './store/database.ts';
import { sessionMessages, sessions } from './store/schema.ts';

export type SessionMessage = typeof sessionMessages.$inferSelect;

/** What the history and the live streams know outside of calls. */
export type SessionMessageType =
  | 'message'
  | 'human_agent_comment'
  | 'handoff'
  | 'session_assigned'
  | 'session_reopened'
  | 'closed_resolved_by_api'
  | 'closed_unresolved_by_api';

export interface NewSessionMessage {
  readonly type: SessionMessageType;
  readonly sender: SessionMessage['sender'];
  readonly senderName?: string | null;
  readonly text: string;
  readonly context?: Readonly<Record<string, unknown>>;
}

/** Adds to a session what was said or done in it. Publish after the commit. */
export async function addSessionMessage(
  tx: Database,
  session: { readonly orgId: string; readonly id: string },
  message: NewSessionMessage,
): Promise<SessionMessage> {
  const { orgId, id: sessionId } = session;
  await takeStreamTurn(tx, orgId);
  const [row] = await tx
    .insert(sessionMessages)
    .values({ orgId, sessionId, ...message })
    .returning();
  if (!row) throw new Error('The store returned no row for a message.');
  await tx
    .update(sessions)
    .set({ lastEventAt: row.createdAt, updatedAt: sql`now()` })
    .where(eq(sessions.id, sessionId));
  return row;
}
