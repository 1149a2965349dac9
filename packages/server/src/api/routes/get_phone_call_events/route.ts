import { readCallEvents, type StoredCallEvent } from '../../../calls/call-events.ts';
import { eventDataOnWire } from '../../../event-data.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { eventStreams, type StreamedEvent } from '../../event-stream.ts';
import { requireCall } from '../../require-call.ts';
import { getPhoneCallEventsSchema } from './schema.ts';

/** Events sent in one piece; a call of ten minutes has some hundreds. */
const pageOfEvents = 200;
const beforeTheFirst = -1;

/** GET /phone/calls/{call_id}/events: the whole record of the call as a live stream, until the call has ended. */
export function getPhoneCallEvents(api: Api, { store, bus }: Services): void {
  const streams = eventStreams(api);
  const options = {
    schema: getPhoneCallEventsSchema,
    config: { scope: 'phone:read', streaming: true },
  } as const;
  api.get('/phone/calls/:call_id/events', options, async (request, reply) => {
    const call = await requireCall(store.db, identityOf(request).orgId, request.params.call_id);
    const from = request.headers['last-event-id'] ?? beforeTheFirst;
    const read = async (after: number) => (await readCallEvents(store.db, call.id, after, pageOfEvents)).map(streamed);
    // A browser would connect for ever to a stream that has ended; 204 tells it to stop.
    if (call.state === 'ended' && (await read(from)).length === 0) return reply.code(204).send();
    return streams.send(reply, { from, read, subscribe: (wake) => bus.subscribe(`call:${call.id}`, wake) });
  });
}

function streamed({ seq, id, atMs, occurredAt, kind, data }: StoredCallEvent): StreamedEvent {
  return {
    id: seq,
    event: kind,
    data: { ...eventDataOnWire(data), id, seq, at_ms: atMs, occurred_at: occurredAt.toISOString(), kind },
    last: kind === 'ended',
  };
}
