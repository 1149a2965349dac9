import { type HistoryItem, type HistoryKey, listHistory } from '../../../history.ts';
import { isUuid } from '../../../uuid.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { cursorDate, readCursor, writeCursor } from '../../cursor.ts';
import { requireSession } from '../../require-session.ts';
import { getChatSessionHistorySchema } from './schema.ts';

/** GET /chat/sessions/{session_id}/history: a page of what was said, oldest first. */
export function getChatSessionHistory(api: Api, { store }: Services): void {
  const options = { schema: getChatSessionHistorySchema, config: { scope: 'chat-sessions:read' } } as const;
  api.get('/chat/sessions/:session_id/history', options, async (request) => {
    const { cursor, limit } = request.query;
    const { id, orgId } = await requireSession(store.db, identityOf(request).orgId, request.params.session_id);
    const after = cursor ? readCursor(cursor, historyKey) : null;
    const { items, next } = await listHistory(store.db, orgId, id, after, limit);
    return {
      items: items.map(itemOnWire),
      next: next && writeCursor([next.occurredAt.toISOString(), next.seq, next.callId]),
    };
  });
}

function itemOnWire(item: HistoryItem) {
  return {
    id: item.id,
    created_at: item.createdAt.toISOString(),
    event: {
      type: item.type,
      sender: item.sender,
      content: { type: 'text' as const, text: item.text },
      attachments: [],
      context: { ...item.context },
    },
  };
}

function historyKey([occurredAt, seq, callId]: readonly unknown[]): HistoryKey | null {
  const date = cursorDate(occurredAt);
  return date && typeof seq === 'number' && Number.isInteger(seq) && isUuid(callId)
    ? { occurredAt: date, seq, callId }
    : null;
}
