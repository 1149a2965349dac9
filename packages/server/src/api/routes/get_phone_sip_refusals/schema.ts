import { z } from 'zod';
import { routeStep } from '../../sip-fields.ts';
import { pageCursor, pageLimit } from '../../wire.ts';

const refusal = z.object({
  id: z.string(),
  at: z.string(),
  /** `address:port`. */
  source: z.string(),
  transport: z.string(),
  method: z.string(),
  sip_call_id: z.string(),
  auth_username: z.string().nullable(),
  caller: z.string().nullable(),
  called: z.string().nullable(),
  /** SIP status of our answer. */
  status: z.number(),
  code: z.string(),
  reason: z.string(),
  /** The routing explanation, as far as it came. */
  steps: z.array(routeStep),
  /** What makes the number reach an agent; null when assigning it would change nothing. */
  assign: z
    .object({
      phone_number: z.string(),
      /** For PUT /phone/sip/agents/{id}/inbound-numbers; null: add the number first with POST /phone/numbers. */
      phone_number_id: z.string().nullable(),
      on_trunk: z.boolean(),
    })
    .nullable(),
});

export const getSipRefusalsSchema = {
  querystring: z.object({
    cursor: pageCursor,
    limit: pageLimit,
    /** `unknown`: of sources that belong to no organisation; needs `instance:admin`. */
    whose: z.enum(['own', 'unknown']).default('own'),
  }),
  response: { 200: z.object({ items: z.array(refusal), next: z.string().nullable() }) },
};
