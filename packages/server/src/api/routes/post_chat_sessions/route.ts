import { createChatSession } from '../../../chat/chat-sessions.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { sessionOnWire } from '../../session.ts';
import { postChatSessionsSchema } from './schema.ts';

/** POST /chat/sessions: begins a chat. */
export function postChatSessions(api: Api, { store }: Services): void {
  const options = {
    schema: postChatSessionsSchema,
    config: { scope: 'chat-sessions:write', action: 'session.create' },
  } as const;
  api.post('/chat/sessions', options, async (request) => {
    const { contact_id: contactId = null, channel } = request.body;
    const chat = { contactId, channelType: channel.type };
    return sessionOnWire(await createChatSession(store.db, identityOf(request).orgId, chat));
  });
}
