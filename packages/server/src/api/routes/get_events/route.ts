import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { eventStreams } from '../../event-stream.ts';
import { streamOf } from '../../stream-entry.ts';
import { getEventsSchema } from './schema.ts';

/** GET /events: what happens in the organisation, for lists that keep themselves up to date. */
export function getEvents(api: Api, { store, bus }: Services): void {
  const streams = eventStreams(api);
  const options = { schema: getEventsSchema, config: { scope: 'chat-sessions:read', streaming: true } } as const;
  api.get('/events', options, async (request, reply) => {
    const { orgId } = identityOf(request);
    return streams.send(reply, await streamOf(store.db, bus, { orgId }, request.headers['last-event-id']));
  });
}
