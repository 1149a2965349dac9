import { eventDataOnWire } from '../event-data.ts';
import type { EventBus, Topic } from '../live/event-bus.ts';
import { lastPosition, readStream, type StreamEntry, type StreamScope } from '../live/stream-entries.ts';
import type { Database } from '../store/database.ts';
import type { EventSource, StreamedEvent } from './event-stream.ts';

/** Entries sent in one piece. */
const pageOfEntries = 200;

/**
 * The live stream of a session or an organisation.
 * @param resumed position a client has seen; undefined begins with what comes next.
 */
export async function streamOf(
  db: Database,
  bus: EventBus,
  scope: StreamScope,
  resumed: number | undefined,
): Promise<EventSource> {
  const topic: Topic = scope.sessionId === undefined ? `org:${scope.orgId}` : `session:${scope.sessionId}`;
  return {
    from: resumed ?? (await lastPosition(db, scope)),
    read: async (after) => (await readStream(db, scope, after, pageOfEntries)).map(streamed),
    subscribe: (wake) => bus.subscribe(topic, wake),
  };
}

/** `id` is that of the item in the session's history, so that a client can join both without repeating anything. */
function streamed({ position, id, sessionId, callId, seq, kind, occurredAt, data }: StreamEntry): StreamedEvent {
  return {
    id: position,
    event: kind,
    data: {
      ...eventDataOnWire(data),
      id,
      session_id: sessionId,
      call_id: callId,
      seq,
      occurred_at: occurredAt.toISOString(),
      kind,
    },
  };
}
