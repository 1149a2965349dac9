import { listSessions } from '../../../sessions.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { readPageKey, writePageKey } from '../../cursor.ts';
import { sessionOnWire } from '../../session.ts';
import { getChatSessionsSchema } from './schema.ts';

/** GET /chat/sessions: a page of sessions, newest first. */
export function getChatSessions(api: Api, { store }: Services): void {
  const options = { schema: getChatSessionsSchema, config: { scope: 'chat-sessions:read' } } as const;
  api.get('/chat/sessions', options, async (request) => {
    const { cursor, limit, ...query } = request.query;
    const filter = {
      handedOff: query.handed_off === undefined ? undefined : query.handed_off === 'true',
      status: query.status,
      channelType: query.channel_type,
      createdAfter: query.created_after,
      createdBefore: query.created_before,
      updatedAfter: query.updated_after,
      updatedBefore: query.updated_before,
    };
    const { items, next } = await listSessions(store.db, identityOf(request).orgId, filter, readPageKey(cursor), limit);
    return { items: items.map(sessionOnWire), next: writePageKey(next) };
  });
}
