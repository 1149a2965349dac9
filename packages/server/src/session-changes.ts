/** What people and programs change about a session; each change is told in its history and on the live streams. */
import { and, eq, ne, sql } from 'drizzle-orm';
import type { LiveStore } from './live/live-store.ts';
import { takeStreamTurn } from './live/stream-turn.ts';
import { Refusal } from './refusal.ts';
import { addSessionMessage, type NewSessionMessage, type SessionMessage } from './session-messages.ts';
import type { SessionStatus, SessionWithContact } from './sessions.ts';
import { memberships, sessions, users } from './store/schema.ts';

const statusMessages: Readonly<Record<SessionStatus, Pick<NewSessionMessage, 'type' | 'text'>>> = {
  open: { type: 'session_reopened', text: 'The session was reopened.' },
  closed_resolved: { type: 'closed_resolved_by_api', text: 'The session was closed as resolved.' },
  closed_unresolved: { type: 'closed_unresolved_by_api', text: 'The session was closed as unresolved.' },
};

/** Closes or reopens; nothing happens when the session has this status already. */
export async function setSessionStatus(
  { db, bus }: LiveStore,
  session: SessionWithContact,
  status: SessionStatus,
): Promise<void> {
  const { orgId, id } = session;
  const changed = await db.transaction(async (tx) => {
    await takeStreamTurn(tx, orgId);
    const [row] = await tx
      .update(sessions)
      .set({ status, closedAt: status === 'open' ? null : sql`now()`, aiClosureType: null, updatedAt: sql`now()` })
      .where(and(eq(sessions.orgId, orgId), eq(sessions.id, id), ne(sessions.status, status)))
      .returning({ id: sessions.id });
    if (row) await addSessionMessage(tx, session, { ...statusMessages[status], sender: 'system' });
    return row !== undefined;
  });
  if (changed) bus.publish({ orgId, sessionId: id });
}

/**
 * @param assigneeId a user of the organisation (a UUID), or null for nobody: then the agent answers again.
 * @throws {Refusal} `assignee_unknown`.
 */
export async function assignSession(
  { db, bus }: LiveStore,
  session: SessionWithContact,
  assigneeId: string | null,
): Promise<void> {
  const { orgId, id } = session;
  const [assignee] =
    assigneeId === null
      ? []
      : await db
          .select({ name: users.name })
          .from(users)
          .innerJoin(memberships, eq(memberships.userId, users.id))
          .where(and(eq(memberships.orgId, orgId), eq(users.id, assigneeId)));
  if (assigneeId !== null && !assignee) {
    throw new Refusal('assignee_unknown', 'No user of your organisation has this id.', [
      { pointer: '/assignee_id', code: 'assignee_unknown', detail: 'must be the id of a user of the organisation' },
    ]);
  }
  await db.transaction(async (tx) => {
    await takeStreamTurn(tx, orgId);
    await tx.update(sessions).set({ assigneeId }).where(eq(sessions.id, id));
    await addSessionMessage(tx, session, {
      type: 'session_assigned',
      sender: 'system',
      text: assignee ? `Assigned to ${assignee.name}.` : 'Assigned to nobody.',
      context: { assignee_id: assigneeId },
    });
  });
  bus.publish({ orgId, sessionId: id });
}

/** Replaces the tags. */
export async function setSessionTags(
  { db }: LiveStore,
  session: SessionWithContact,
  tags: readonly string[],
): Promise<void> {
  await db
    .update(sessions)
    .set({ tags: [...new Set(tags)], updatedAt: sql`now()` })
    .where(eq(sessions.id, session.id));
}

/** A note for colleagues; the contact never sees it. */
export async function addSessionNote(
  { db, bus }: LiveStore,
  session: SessionWithContact,
  note: { readonly text: string; readonly author: string | null },
): Promise<SessionMessage> {
  const message = await db.transaction((tx) =>
    addSessionMessage(tx, session, {
      type: 'human_agent_comment',
      sender: 'human_agent',
      senderName: note.author,
      text: note.text,
    }),
  );
  bus.publish({ orgId: session.orgId, sessionId: session.id });
  return message;
}
