import { z } from 'zod';
import { callParams } from '../../call-route.ts';
import { pageCursor, pageLimit } from '../../wire.ts';

const message = z.object({
  number: z.int(),
  /** Since the INVITE was let in; what came before it, such as the challenge, is negative. */
  at_ms: z.number(),
  direction: z.enum(['in', 'out']),
  transport: z.string(),
  /** Address and port of the other side. */
  remote: z.string(),
  /** The same of ours, as packets have it. */
  local: z.string().nullable(),
  /** The whole message, with credentials removed. */
  text: z.string(),
});

export const getPhoneCallTraceSchema = {
  params: callParams,
  querystring: z.object({ cursor: pageCursor, limit: pageLimit }),
  response: { 200: z.object({ items: z.array(message), next: z.string().nullable() }) },
};
