import { z } from 'zod';
import type { HistoryItem } from '../history.ts';

const attachment = z.object({ id: z.string(), name: z.string(), size: z.number(), type: z.string(), url: z.string() });

/** Something said or done in a session as the API answers with it. */
export const historyItemSchema = z.object({
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

export function historyItemOnWire(item: HistoryItem): z.output<typeof historyItemSchema> {
  return {
    id: item.id,
    created_at: item.createdAt.toISOString(),
    event: {
      type: item.type,
      sender: item.sender,
      content: { type: 'text', text: item.text },
      attachments: [],
      context: { ...item.context },
    },
  };
}
