import { z } from 'zod';
import { historyItemSchema } from '../../history-item.ts';
import { pageCursor, pageLimit } from '../../wire.ts';

export const getChatSessionHistorySchema = {
  params: z.object({ session_id: z.string() }),
  querystring: z.object({ cursor: pageCursor, limit: pageLimit }),
  response: { 200: z.object({ items: z.array(historyItemSchema), next: z.string().nullable() }) },
};
