import { z } from 'zod';
import { pageCursor, pageLimit } from '../../wire.ts';

const attachment = z.object({ id: z.string(), name: z.string(), size: z.number(), type: z.string(), url: z.string() });

const item = z.object({
  id: z.string(),
  created_at: z.string(),
  event: z.object({
    type: z.string(),
    sender: z.object({ type: z.enum(['contact', 'ai', 'human_agent', 'system']), name: z.string().nullable() }),
    content: z.object({ type: z.literal('text'), text: z.string() }),
    attachments: z.array(attachment),
    /** Of a call: `call_id`, `at_ms` (milliseconds since its first event), `seq`, `kind`, and what the event's kind adds. */
    context: z.record(z.string(), z.unknown()),
  }),
});

export const getChatSessionHistorySchema = {
  params: z.object({ session_id: z.string() }),
  querystring: z.object({ cursor: pageCursor, limit: pageLimit }),
  response: { 200: z.object({ items: z.array(item), next: z.string().nullable() }) },
};
