import { setSessionStatus } from '../../../session-changes.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { requireSession } from '../../require-session.ts';
import { sessionOnWire } from '../../session.ts';
import { liveStoreOf } from '../../session-route.ts';
import { postChatSessionReopenSchema } from './schema.ts';

/** POST /chat/sessions/{session_id}/reopen: messages and calls go on in it. */
export function postChatSessionReopen(api: Api, services: Services): void {
  const live = liveStoreOf(services);
  const options = {
    schema: postChatSessionReopenSchema,
    config: { scope: 'chat-sessions:write', action: 'session.reopen' },
  } as const;
  api.post('/chat/sessions/:session_id/reopen', options, async (request) => {
    const { orgId } = identityOf(request);
    const session = await requireSession(live.db, orgId, request.params.session_id);
    await setSessionStatus(live, session, 'open');
    return sessionOnWire(await requireSession(live.db, orgId, session.id));
  });
}
