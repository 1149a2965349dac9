import { answerMessage } from '../../../chat/answer-message.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { requireSession } from '../../require-session.ts';
import { liveStoreOf } from '../../session-route.ts';
import { postChatSessionSendSchema } from './schema.ts';

/** POST /chat/sessions/{session_id}/send: a message of the contact, and the agent's answer. */
export function postChatSessionSend(api: Api, services: Services): void {
  const live = liveStoreOf(services);
  const options = {
    schema: postChatSessionSendSchema,
    config: { scope: 'chat-sessions:write', action: 'session.send', commitsItself: true },
  } as const;
  api.post('/chat/sessions/:session_id/send', options, async (request) => {
    const session = await requireSession(live.db, identityOf(request).orgId, request.params.session_id);
    const answer = await answerMessage(live, services.model, session, request.body.message.text);
    if (!answer) return {};
    const { text, failure } = answer;
    return { ai_response: failure === undefined ? { text } : { text, error: { message: failure } } };
  });
}
