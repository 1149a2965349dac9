/** What live streams of a session and of an organisation tell: events of calls and messages, in the order they were written. */
import { and, eq, gt, inArray, max, type SQL, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import type { Database } from '../store/database.ts';
import { callEvents, sessionMessages } from '../store/schema.ts';

export interface StreamEntry {
  readonly position: number;
  readonly id: string;
  readonly sessionId: string;
  /** Null for what was said or done outside a call. */
  readonly callId: string | null;
  readonly seq: number | null;
  readonly kind: string;
  readonly occurredAt: Date;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface StreamScope {
  readonly orgId: string;
  /** Undefined: the whole organisation, of whose calls only what changes a list is told. */
  readonly sessionId?: string;
}

/** Steps of a call that a list of calls or sessions shows; every word of every call would be too much for one stream. */
const organisationKinds = [
  'invite_received',
  'ringing',
  'answered',
  'handoff',
  'transfer_requested',
  'transfer_completed',
  'transfer_failed',
  'contact_identified',
  'summary',
  'ended',
];

/** Entries behind a position, oldest first. One statement, so that no entry is committed between two looks. */
export async function readStream(
  db: Database,
  scope: StreamScope,
  after: number,
  limit: number,
): Promise<StreamEntry[]> {
  const events = db
    .select({
      position: callEvents.position,
      id: callEvents.id,
      sessionId: callEvents.sessionId,
      callId: sql<string | null>`${callEvents.callId}`.as('call_id'),
      seq: sql<number | null>`${callEvents.seq}`.as('seq'),
      kind: callEvents.kind,
      occurredAt: callEvents.occurredAt,
      data: callEvents.data,
    })
    .from(callEvents)
    .where(and(gt(callEvents.position, after), eventsOf(scope)))
    .orderBy(callEvents.position)
    .limit(limit);
  const messages = db
    .select({
      position: sessionMessages.position,
      id: sessionMessages.id,
      sessionId: sessionMessages.sessionId,
      callId: sql<string | null>`null::uuid`.as('call_id'),
      seq: sql<number | null>`null::integer`.as('seq'),
      kind: sessionMessages.type,
      occurredAt: sessionMessages.createdAt,
      data: sql<
        Record<string, unknown>
      >`jsonb_build_object('sender', jsonb_build_object('type', ${sessionMessages.sender}, 'name', ${sessionMessages.senderName}), 'text', ${sessionMessages.text}) || ${sessionMessages.context}`.as(
        'data',
      ),
    })
    .from(sessionMessages)
    .where(and(gt(sessionMessages.position, after), messagesOf(scope)))
    .orderBy(sessionMessages.position)
    .limit(limit);
  return unionAll(events, messages).orderBy(sql`position`).limit(limit);
}

/** The last position written; a stream that begins now tells what comes behind it. */
export async function lastPosition(db: Database, scope: StreamScope): Promise<number> {
  const [event] = await db
    .select({ last: max(callEvents.position) })
    .from(callEvents)
    .where(
      and(eq(callEvents.orgId, scope.orgId), scope.sessionId ? eq(callEvents.sessionId, scope.sessionId) : undefined),
    );
  const [message] = await db
    .select({ last: max(sessionMessages.position) })
    .from(sessionMessages)
    .where(messagesOf(scope));
  return Math.max(event?.last ?? 0, message?.last ?? 0);
}

function eventsOf({ orgId, sessionId }: StreamScope): SQL | undefined {
  return and(
    eq(callEvents.orgId, orgId),
    sessionId === undefined ? inArray(callEvents.kind, organisationKinds) : eq(callEvents.sessionId, sessionId),
  );
}

function messagesOf({ orgId, sessionId }: StreamScope): SQL | undefined {
  return and(
    eq(sessionMessages.orgId, orgId),
    sessionId === undefined ? undefined : eq(sessionMessages.sessionId, sessionId),
  );
}
