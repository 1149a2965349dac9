import { z } from 'zod';
import { pageCursor, pageLimit } from '../../wire.ts';

const ban = z.object({
  /** An IPv4 address, or the /64 of an IPv6 address. */
  source: z.string(),
  reason: z.string(),
  since: z.string(),
  until: z.string(),
  /** How often it has been silenced, less what quiet days have forgiven; each time twice as long. */
  strikes: z.int(),
  /** Messages that got no answer since then. */
  dropped: z.int(),
});

export const getSipBansSchema = {
  querystring: z.object({ cursor: pageCursor, limit: pageLimit }),
  response: { 200: z.object({ items: z.array(ban), next: z.string().nullable() }) },
};
