/** The row of a recording: a projection of the call's events, and what is known when the file is whole. */
import type { CallEvent, FinishedRecording, OpenedCall } from '@dialplane/calls';
import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { calls, recordings } from '../store/schema.ts';

export type Recording = typeof recordings.$inferSelect;

/** Brings the row up to date with an event; the file may have become whole before its events are stored. */
export async function projectRecording(tx: Database, call: OpenedCall, event: CallEvent): Promise<void> {
  const change = (state: Recording['state'], from: readonly Recording['state'][]) =>
    tx
      .update(recordings)
      .set({ state })
      .where(and(eq(recordings.callId, call.id), inArray(recordings.state, [...from])));
  switch (event.kind) {
    case 'recording_started': {
      const { format, encrypted, atMs } = event;
      await tx
        .insert(recordings)
        .values({ callId: call.id, orgId: call.orgId, state: 'recording', format, encrypted, startedAtMs: atMs })
        .onConflictDoNothing();
      break;
    }
    case 'recording_paused':
      await change('paused', ['recording']);
      break;
    case 'recording_resumed':
      await change('recording', ['paused']);
      break;
    case 'recording_stopped':
      await change(event.reason === 'call_ended' ? 'saving' : 'lost', ['recording', 'paused']);
      break;
  }
}

/** @returns undefined when the recording's beginning is not stored yet, or it was deleted. */
export async function storeFinished(
  db: Database,
  { id, durationMs, bytes, sha256 }: FinishedRecording,
): Promise<Recording | undefined> {
  const [row] = await db
    .update(recordings)
    .set({ state: 'stored', durationMs, bytes, sha256 })
    .where(and(eq(recordings.callId, id), inArray(recordings.state, ['recording', 'paused', 'saving', 'lost'])))
    .returning();
  return row;
}

/** Recordings of calls that have ended and that no process writes any more: to be asked at the start. */
export async function unfinishedRecordings(db: Database): Promise<Recording[]> {
  const rows = await db
    .select({ recording: recordings })
    .from(recordings)
    .innerJoin(calls, eq(calls.id, recordings.callId))
    .where(and(inArray(recordings.state, ['recording', 'paused', 'saving']), eq(calls.state, 'ended')));
  return rows.map(({ recording }) => recording);
}
