import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import { eventDataOnWire } from './event-data.ts';
import type { SessionWithContact } from './sessions.ts';
import type { Database } from './store/database.ts';
import { behindRow } from './store/newest-first.ts';
import { callEvents, calls, phoneAgents, sessionMessages } from './store/schema.ts';

/** Something said or done in a session, as people read it. */
export interface HistoryItem {
  readonly id: string;
  readonly createdAt: Date;
  readonly type: string;
  readonly sender: { readonly type: 'contact' | 'ai' | 'human_agent' | 'system'; readonly name: string | null };
  readonly text: string;
  readonly context: Readonly<Record<string, unknown>>;
}

type SessionKey = Pick<SessionWithContact, 'id' | 'orgId'>;

/** Where a page begins: behind this item. The position orders what happened in the same millisecond. */
export interface HistoryKey {
  readonly occurredAt: Date;
  readonly position: number;
}

export interface HistoryPage {
  readonly items: readonly HistoryItem[];
  readonly next: HistoryKey | null;
}

type EventData = Readonly<Record<string, unknown>>;
type Sender = HistoryItem['sender']['type'];

/** How one kind of event of the call record reads in a history; kinds that are not here do not show. */
interface Reading {
  readonly type: 'message' | 'handoff';
  readonly sender: (data: EventData) => Sender;
  readonly text: (data: EventData) => string;
}

const spoken = (data: EventData) => String(data.text ?? '');
const sent = (data: EventData) => data.sentBy !== undefined;

const readings: Readonly<Record<string, Reading>> = {
  transcript_final: { type: 'message', sender: () => 'contact', text: spoken },
  agent_spoke: { type: 'message', sender: () => 'ai', text: spoken },
  digit: {
    type: 'message',
    sender: (data) => (sent(data) ? 'system' : 'contact'),
    text: (data) => `${sent(data) ? 'Sent the key' : 'Pressed'} ${String(data.digit ?? '')}`,
  },
  handoff: {
    type: 'handoff',
    sender: () => 'system',
    text: (data) => `The caller asked for a person: ${String(data.reason ?? 'no reason given')}`,
  },
};

/** One row of either source. */
interface Row {
  readonly id: string;
  readonly occurredAt: Date;
  readonly position: number;
  /** Null for messages. */
  readonly callId: string | null;
  readonly seq: number | null;
  readonly atMs: number | null;
  readonly kind: string;
  readonly data: EventData;
  readonly sender: Sender | null;
  readonly senderName: string | null;
  readonly text: string | null;
}

/** Names of who speaks. */
interface Names {
  readonly contact: string | null;
  /** By call id. */
  readonly calls: ReadonlyMap<string, { readonly caller: string | null; readonly agentName: string | null }>;
}

/** A page of what was said and done in a session, in its calls and outside of them, oldest first. */
export async function listHistory(
  db: Database,
  session: SessionWithContact,
  after: HistoryKey | null,
  limit: number,
): Promise<HistoryPage> {
  // One more tells whether there is a next page.
  const rows: Row[] = await selectRows(db, session, Object.keys(readings), after, 'asc', limit + 1);
  const page = rows.slice(0, limit);
  const names = await namesFor(db, session, page);
  const items = page.map((row) => itemOf(row, names));
  const last = page.at(-1);
  const next = rows.length > limit && last ? { occurredAt: last.occurredAt, position: last.position } : null;
  return { items, next };
}

/** The newest turns of a session, oldest first, as the model wants them. */
export async function recentTurns(
  db: Database,
  session: SessionKey,
  limit: number,
): Promise<{ readonly role: 'caller' | 'agent'; readonly text: string }[]> {
  const rows: Row[] = await selectRows(db, session, ['transcript_final', 'agent_spoke'], null, 'desc', limit);
  return rows.reverse().flatMap(({ kind, sender, text, data }) => {
    if (kind === 'transcript_final') return [{ role: 'caller' as const, text: spoken(data) }];
    if (kind === 'agent_spoke') return [{ role: 'agent' as const, text: spoken(data) }];
    if (kind !== 'message' || text === null) return [];
    return [{ role: sender === 'contact' ? ('caller' as const) : ('agent' as const), text }];
  });
}

/** The item of a message that was just stored. */
export function historyItemOf(message: typeof sessionMessages.$inferSelect): HistoryItem {
  const { id, createdAt, type, sender, senderName, text, context } = message;
  return { id, createdAt, type, sender: { type: sender, name: senderName }, text, context };
}

async function selectRows(
  db: Database,
  session: SessionKey,
  kinds: readonly string[],
  after: HistoryKey | null,
  order: 'asc' | 'desc',
  limit: number,
): Promise<Row[]> {
  const direction = order === 'asc' ? asc : desc;
  const events = db
    .select({
      id: callEvents.id,
      occurredAt: callEvents.occurredAt,
      position: callEvents.position,
      callId: sql<string | null>`${callEvents.callId}`.as('call_id'),
      seq: sql<number | null>`${callEvents.seq}`.as('seq'),
      atMs: sql<number | null>`${callEvents.atMs}`.as('at_ms'),
      kind: callEvents.kind,
      data: callEvents.data,
      sender: sql<Sender | null>`null::text`.as('sender'),
      senderName: sql<string | null>`null::text`.as('sender_name'),
      text: sql<string | null>`null::text`.as('text'),
    })
    .from(callEvents)
    .where(
      and(
        eq(callEvents.orgId, session.orgId),
        eq(callEvents.sessionId, session.id),
        inArray(callEvents.kind, [...kinds]),
        after
          ? behindRow('>', [callEvents.occurredAt, callEvents.position], [after.occurredAt, after.position])
          : undefined,
      ),
    )
    .orderBy(direction(callEvents.occurredAt), direction(callEvents.position))
    .limit(limit);
  const messages = db
    .select({
      id: sessionMessages.id,
      occurredAt: sessionMessages.createdAt,
      position: sessionMessages.position,
      callId: sql<string | null>`null::uuid`.as('call_id'),
      seq: sql<number | null>`null::integer`.as('seq'),
      atMs: sql<number | null>`null::double precision`.as('at_ms'),
      kind: sessionMessages.type,
      data: sessionMessages.context,
      sender: sql<Sender | null>`${sessionMessages.sender}`.as('sender'),
      senderName: sql<string | null>`${sessionMessages.senderName}`.as('sender_name'),
      text: sql<string | null>`${sessionMessages.text}`.as('text'),
    })
    .from(sessionMessages)
    .where(
      and(
        eq(sessionMessages.orgId, session.orgId),
        eq(sessionMessages.sessionId, session.id),
        after
          ? behindRow('>', [sessionMessages.createdAt, sessionMessages.position], [after.occurredAt, after.position])
          : undefined,
      ),
    )
    .orderBy(direction(sessionMessages.createdAt), direction(sessionMessages.position))
    .limit(limit);
  return unionAll(events, messages).orderBy(direction(sql`occurred_at`), direction(sql`position`)).limit(limit);
}

async function namesFor(db: Database, { contact }: SessionWithContact, rows: readonly Row[]): Promise<Names> {
  const callIds = [...new Set(rows.flatMap(({ callId }) => callId ?? []))];
  const known =
    callIds.length === 0
      ? []
      : await db
          .select({ id: calls.id, caller: calls.caller, agentName: phoneAgents.name })
          .from(calls)
          .leftJoin(phoneAgents, eq(phoneAgents.id, calls.agentId))
          .where(inArray(calls.id, callIds));
  return {
    contact: contact?.name ?? contact?.phoneNumber ?? null,
    calls: new Map(known.map(({ id, ...call }) => [id, call])),
  };
}

function itemOf(row: Row, names: Names): HistoryItem {
  const common = { id: row.id, createdAt: row.occurredAt };
  const reading = row.callId === null ? undefined : readings[row.kind];
  if (!reading) {
    const type = row.sender ?? 'system';
    const name = row.senderName ?? (type === 'contact' ? names.contact : null);
    return { ...common, type: row.kind, sender: { type, name }, text: row.text ?? '', context: row.data };
  }
  const call = names.calls.get(row.callId ?? '');
  const type = reading.sender(row.data);
  const senders = {
    contact: names.contact ?? call?.caller ?? null,
    ai: call?.agentName ?? null,
    human_agent: null,
    system: null,
  };
  return {
    ...common,
    type: reading.type,
    sender: { type, name: senders[type] },
    text: reading.text(row.data),
    context: contextOf(row),
  };
}

/** Where in which call it happened, and the particulars of the event. */
function contextOf({ callId, atMs, seq, kind, data }: Row): Readonly<Record<string, unknown>> {
  const { text: _said, ...particulars } = data;
  return { call_id: callId, at_ms: atMs, seq, kind, ...eventDataOnWire(particulars) };
}
