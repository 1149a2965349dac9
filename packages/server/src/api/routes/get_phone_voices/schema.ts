import { z } from 'zod';
import { pageCursor, pageLimit } from '../../wire.ts';

const voice = z.object({
  /** For `voice_id` of an agent. */
  id: z.string(),
  name: z.string(),
  /** BCP 47. */
  language: z.string(),
  gender: z.enum(['female', 'male', 'neutral']),
  provider: z.string(),
  /** Where to hear it; null: nowhere yet. */
  preview: z.string().nullable(),
});

export const getPhoneVoicesSchema = {
  querystring: z.object({ cursor: pageCursor, limit: pageLimit }),
  response: { 200: z.object({ items: z.array(voice), next: z.string().nullable() }) },
};
