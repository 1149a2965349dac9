import { and, asc, eq, gt, inArray, or, type SQL } from 'drizzle-orm';
import type { Database } from './store/database.ts';
import { callEvents, calls, contacts, phoneAgents, sessions } from './store/schema.ts';

/** Something said or done in a session, as people read it. */
export interface HistoryItem {
  readonly id: string;
  readonly createdAt: Date;
  readonly type: 'message' | 'handoff';
  readonly sender: { readonly type: 'contact' | 'ai' | 'system'; readonly name: string | null };
  readonly text: string;
  readonly context: Readonly<Record<string, unknown>>;
}

/** Where a page begins: behind this event. */
export interface HistoryKey {
  readonly occurredAt: Date;
  readonly seq: number;
  readonly callId: string;
}

export interface HistoryPage {
  readonly items: readonly HistoryItem[];
  readonly next: HistoryKey | null;
}

type EventData = Readonly<Record<string, unknown>>;

/** How one kind of event of the call record reads in a history; kinds that are not here do not show. */
interface Reading {
  readonly type: HistoryItem['type'];
  readonly sender: HistoryItem['sender']['type'];
  readonly text: (data: EventData) => string;
}

const spoken = (data: EventData) => String(data.text ?? '');

const readings: Readonly<Record<string, Reading>> = {
  transcript_final: { type: 'message', sender: 'contact', text: spoken },
  agent_spoke: { type: 'message', sender: 'ai', text: spoken },
  digit: { type: 'message', sender: 'contact', text: (data) => `Pressed ${String(data.digit ?? '')}` },
  handoff: {
    type: 'handoff',
    sender: 'system',
    text: (data) => `The caller asked for a person: ${String(data.reason ?? 'no reason given')}`,
  },
};

/** A page of what was said in a session, over all its calls, oldest first: a projection of the call record. */
export async function listHistory(
  db: Database,
  orgId: string,
  sessionId: string,
  after: HistoryKey | null,
  limit: number,
): Promise<HistoryPage> {
  const rows = await db
    .select({
      event: callEvents,
      caller: calls.caller,
      agentName: phoneAgents.name,
      contactName: contacts.name,
      contactNumber: contacts.phoneNumber,
    })
    .from(callEvents)
    .innerJoin(calls, eq(calls.id, callEvents.callId))
    .innerJoin(sessions, eq(sessions.id, callEvents.sessionId))
    .leftJoin(phoneAgents, eq(phoneAgents.id, calls.agentId))
    .leftJoin(contacts, eq(contacts.id, sessions.contactId))
    .where(
      and(
        eq(callEvents.orgId, orgId),
        eq(callEvents.sessionId, sessionId),
        inArray(callEvents.kind, Object.keys(readings)),
        after ? behind(after) : undefined,
      ),
    )
    .orderBy(asc(callEvents.occurredAt), asc(callEvents.seq), asc(callEvents.callId))
    // One more tells whether there is a next page.
    .limit(limit + 1);

  const page = rows.slice(0, limit);
  const items = page.flatMap(({ event, caller, agentName, contactName, contactNumber }): HistoryItem[] => {
    const reading = readings[event.kind];
    if (!reading) return [];
    const names = { ai: agentName, contact: contactName ?? contactNumber ?? caller, system: null };
    return [
      {
        id: event.id,
        createdAt: event.occurredAt,
        type: reading.type,
        sender: { type: reading.sender, name: names[reading.sender] },
        text: reading.text(event.data),
        context: contextOf(event),
      },
    ];
  });
  const last = page.at(-1)?.event;
  const next = rows.length > limit && last ? { occurredAt: last.occurredAt, seq: last.seq, callId: last.callId } : null;
  return { items, next };
}

/** Where in which call it happened, and the particulars of the event; our names are snake_case on the wire. */
function contextOf(event: typeof callEvents.$inferSelect): Readonly<Record<string, unknown>> {
  const particulars = Object.entries(event.data)
    .filter(([name]) => name !== 'text')
    .map(([name, value]) => [snakeCase(name), value]);
  return {
    call_id: event.callId,
    at_ms: event.atMs,
    seq: event.seq,
    kind: event.kind,
    ...Object.fromEntries(particulars),
  };
}

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Later in the order of the list. */
function behind({ occurredAt, seq, callId }: HistoryKey): SQL | undefined {
  return or(
    gt(callEvents.occurredAt, occurredAt),
    and(
      eq(callEvents.occurredAt, occurredAt),
      or(gt(callEvents.seq, seq), and(eq(callEvents.seq, seq), gt(callEvents.callId, callId))),
    ),
  );
}
