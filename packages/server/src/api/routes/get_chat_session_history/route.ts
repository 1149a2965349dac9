import { type HistoryKey, listHistory } from '../../../history.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { cursorDate, readCursor, writeCursor } from '../../cursor.ts';
import { historyItemOnWire } from '../../history-item.ts';
import { requireSession } from '../../require-session.ts';
import { getChatSessionHistorySchema } from './schema.ts';

/** GET /chat/sessions/{session_id}/history: a page of what was said, oldest first. */
export function getChatSessionHistory(api: Api, { store }: Services): void {
  const options = { schema: getChatSessionHistorySchema, config: { scope: 'chat-sessions:read' } } as const;
  api.get('/chat/sessions/:session_id/history', options, async (request) => {
    const { cursor, limit } = request.query;
    const session = await requireSession(store.db, identityOf(request).orgId, request.params.session_id);
    const after = cursor ? readCursor(cursor, historyKey) : null;
    const { items, next } = await listHistory(store.db, session, after, limit);
    return {
      items: items.map(historyItemOnWire),
      next: next && writeCursor([next.occurredAt.toISOString(), next.position]),
    };
  });
}

function historyKey([occurredAt, position]: readonly unknown[]): HistoryKey | null {
  const date = cursorDate(occurredAt);
  return date && Number.isSafeInteger(position) ? { occurredAt: date, position: Number(position) } : null;
}
