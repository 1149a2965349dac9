import { type CallEvent, endings, type OpenedCall } from '@dialplane/calls';
import { eq, inArray, ne, sql } from 'drizzle-orm';
import { takeStreamTurn } from '../live/stream-turn.ts';
import { projectRecording } from '../recordings/recording-rows.ts';
import type { Database } from '../store/database.ts';
import { callEvents, calls, sessions } from '../store/schema.ts';

/** Rows of the append-only record. */
export function eventRows(call: OpenedCall, events: readonly CallEvent[]): (typeof callEvents.$inferInsert)[] {
  return events.map(({ seq, atMs, kind, ...data }) => ({
    callId: call.id,
    seq,
    orgId: call.orgId,
    sessionId: call.sessionId,
    atMs,
    occurredAt: new Date(call.startedAt.getTime() + atMs),
    kind,
    data,
  }));
}

/** Appends events and brings the call's and the session's rows, which are projections of them, up to date. */
export async function appendEvents(db: Database, call: OpenedCall, events: readonly CallEvent[]): Promise<void> {
  const last = events.at(-1);
  if (!last) return;
  await db.transaction(async (tx) => {
    await takeStreamTurn(tx, call.orgId);
    // A batch that is tried again after a lost connection may have been stored the first time.
    await tx.insert(callEvents).values(eventRows(call, events)).onConflictDoNothing();
    for (const event of events) {
      await projectRecording(tx, call, event);
      if (event.kind === 'answered') {
        await tx.update(calls).set({ state: 'answered', answeredAtMs: event.atMs }).where(eq(calls.id, call.id));
      }
      if (event.kind === 'ended') {
        const { reason, by, sipCode, atMs } = event;
        await tx
          .update(calls)
          .set({ state: 'ended', endedAtMs: atMs, ending: reason, endedBy: by, sipCode })
          .where(eq(calls.id, call.id));
      }
    }
    const handoff = events.find((event) => event.kind === 'handoff');
    await tx
      .update(sessions)
      .set({
        lastEventAt: new Date(call.startedAt.getTime() + last.atMs),
        updatedAt: sql`now()`,
        ...(handoff ? { handedOff: true, handoffSummary: handoff.reason } : {}),
      })
      .where(eq(sessions.id, call.sessionId));
  });
}

/**
 * Ends the records of calls that a killed process left open: their media is gone with it.
 * @returns how many there were.
 */
export async function endLostCalls(db: Database): Promise<number> {
  const open = await db.select().from(calls).where(ne(calls.state, 'ended'));
  if (open.length === 0) return 0;
  const ids = open.map((call) => call.id);
  const lastEvents = await db
    .select({
      callId: callEvents.callId,
      seq: sql<number>`max(${callEvents.seq})::int`,
      atMs: sql<number>`max(${callEvents.atMs})`,
    })
    .from(callEvents)
    .where(inArray(callEvents.callId, ids))
    .groupBy(callEvents.callId);
  for (const call of open) {
    const last = lastEvents.find((one) => one.callId === call.id);
    const opened: OpenedCall = { ...call, history: [] };
    await appendEvents(db, opened, [
      { kind: 'ended', reason: 'node_lost', ...endings.node_lost, seq: (last?.seq ?? -1) + 1, atMs: last?.atMs ?? 0 },
    ]);
  }
  return open.length;
}
