import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { eventStreams } from '../../event-stream.ts';
import { requireSession } from '../../require-session.ts';
import { streamOf } from '../../stream-entry.ts';
import { getChatSessionEventsSchema } from './schema.ts';

/** GET /chat/sessions/{session_id}/events: calls and messages of the session as they happen. */
export function getChatSessionEvents(api: Api, { store, bus }: Services): void {
  const streams = eventStreams(api);
  const options = {
    schema: getChatSessionEventsSchema,
    config: { scope: 'chat-sessions:read', streaming: true },
  } as const;
  api.get('/chat/sessions/:session_id/events', options, async (request, reply) => {
    const { orgId, id } = await requireSession(store.db, identityOf(request).orgId, request.params.session_id);
    const resumed = request.headers['last-event-id'];
    return streams.send(reply, await streamOf(store.db, bus, { orgId, sessionId: id }, resumed));
  });
}
