import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { requireSession } from '../../require-session.ts';
import { sessionOnWire } from '../../session.ts';
import { getChatSessionSchema } from './schema.ts';

/** GET /chat/sessions/{session_id}: one session. */
export function getChatSession(api: Api, { store }: Services): void {
  const options = { schema: getChatSessionSchema, config: { scope: 'chat-sessions:read' } } as const;
  api.get('/chat/sessions/:session_id', options, async (request) =>
    sessionOnWire(await requireSession(store.db, identityOf(request).orgId, request.params.session_id)),
  );
}
