import { setSessionTags } from '../../../session-changes.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { requireSession } from '../../require-session.ts';
import { sessionOnWire } from '../../session.ts';
import { liveStoreOf } from '../../session-route.ts';
import { putChatSessionTagsSchema } from './schema.ts';

/** PUT /chat/sessions/{session_id}/tags: replaces the tags. */
export function putChatSessionTags(api: Api, services: Services): void {
  const live = liveStoreOf(services);
  const options = {
    schema: putChatSessionTagsSchema,
    config: { scope: 'chat-sessions:write', action: 'session.tag' },
  } as const;
  api.put('/chat/sessions/:session_id/tags', options, async (request) => {
    const { orgId } = identityOf(request);
    const session = await requireSession(live.db, orgId, request.params.session_id);
    await setSessionTags(live, session, request.body.tags);
    return sessionOnWire(await requireSession(live.db, orgId, session.id));
  });
}
