import { z } from 'zod';
import { pageCursor, pageLimit, text } from '../../wire.ts';

const entry = z.object({
  id: z.string(),
  actor: z.object({ type: z.enum(['api_key', 'user', 'system']), id: z.string().nullable() }),
  /** Resource and verb, such as `phone_agent.update`. */
  action: z.string(),
  target_id: z.string().nullable(),
  request_id: z.string().nullable(),
  /** The path's parameters and the names of the fields that were sent. */
  data: z.record(z.string(), z.unknown()),
  created_at: z.string(),
});

export const getAuditLogSchema = {
  querystring: z.object({
    cursor: pageCursor,
    limit: pageLimit,
    action: text(100).optional(),
    target_id: text(100).optional(),
  }),
  response: { 200: z.object({ items: z.array(entry), next: z.string().nullable() }) },
};
