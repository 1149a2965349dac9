import { setSessionStatus } from '../../../session-changes.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { requireSession } from '../../require-session.ts';
import { sessionOnWire } from '../../session.ts';
import { liveStoreOf } from '../../session-route.ts';
import { postChatSessionCloseSchema } from './schema.ts';

/** POST /chat/sessions/{session_id}/close: as resolved, unless the body says otherwise. */
export function postChatSessionClose(api: Api, services: Services): void {
  const live = liveStoreOf(services);
  const options = {
    schema: postChatSessionCloseSchema,
    config: { scope: 'chat-sessions:write', action: 'session.close' },
  } as const;
  api.post('/chat/sessions/:session_id/close', options, async (request) => {
    const { orgId } = identityOf(request);
    const session = await requireSession(live.db, orgId, request.params.session_id);
    await setSessionStatus(live, session, request.body.status);
    return sessionOnWire(await requireSession(live.db, orgId, session.id));
  });
}
