import { historyItemOf } from '../../../history.ts';
import { addSessionNote } from '../../../session-changes.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { historyItemOnWire } from '../../history-item.ts';
import { requireSession } from '../../require-session.ts';
import { liveStoreOf } from '../../session-route.ts';
import { postChatSessionNotesSchema } from './schema.ts';

/** POST /chat/sessions/{session_id}/notes: a note for colleagues, in the history. */
export function postChatSessionNotes(api: Api, services: Services): void {
  const live = liveStoreOf(services);
  const options = {
    schema: postChatSessionNotesSchema,
    config: { scope: 'chat-sessions:write', action: 'session.note' },
  } as const;
  api.post('/chat/sessions/:session_id/notes', options, async (request) => {
    const session = await requireSession(live.db, identityOf(request).orgId, request.params.session_id);
    const { text, author = null } = request.body;
    return historyItemOnWire(historyItemOf(await addSessionNote(live, session, { text, author })));
  });
}
