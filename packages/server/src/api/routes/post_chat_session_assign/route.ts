import { assignSession } from '../../../session-changes.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { requireSession } from '../../require-session.ts';
import { sessionOnWire } from '../../session.ts';
import { liveStoreOf } from '../../session-route.ts';
import { postChatSessionAssignSchema } from './schema.ts';

/** POST /chat/sessions/{session_id}/assign: a person takes it, or the agent gets it back. */
export function postChatSessionAssign(api: Api, services: Services): void {
  const live = liveStoreOf(services);
  const options = {
    schema: postChatSessionAssignSchema,
    config: { scope: 'chat-sessions:write', action: 'session.assign' },
  } as const;
  api.post('/chat/sessions/:session_id/assign', options, async (request) => {
    const { orgId } = identityOf(request);
    const session = await requireSession(live.db, orgId, request.params.session_id);
    await assignSession(live, session, request.body.assignee_id);
    return sessionOnWire(await requireSession(live.db, orgId, session.id));
  });
}
