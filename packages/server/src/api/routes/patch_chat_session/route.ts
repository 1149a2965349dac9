import { setSessionStatus } from '../../../session-changes.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { requireSession } from '../../require-session.ts';
import { sessionOnWire } from '../../session.ts';
import { liveStoreOf } from '../../session-route.ts';
import { patchChatSessionSchema } from './schema.ts';

/** PATCH /chat/sessions/{session_id}: closes or reopens. */
export function patchChatSession(api: Api, services: Services): void {
  const live = liveStoreOf(services);
  const options = {
    schema: patchChatSessionSchema,
    config: { scope: 'chat-sessions:write', action: 'session.update' },
  } as const;
  api.patch('/chat/sessions/:session_id', options, async (request) => {
    const { orgId } = identityOf(request);
    const session = await requireSession(live.db, orgId, request.params.session_id);
    if (request.body.status) await setSessionStatus(live, session, request.body.status);
    return sessionOnWire(await requireSession(live.db, orgId, session.id));
  });
}
