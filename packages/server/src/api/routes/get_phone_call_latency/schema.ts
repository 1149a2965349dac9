import { z } from 'zod';
import { callParams } from '../../call-route.ts';

/** The steps follow one another and sum to `ear_to_ear_ms`: the caller's last sound to the agent's first. */
const turn = z.object({
  at_ms: z.number(),
  text: z.string(),
  endpointing_ms: z.number(),
  recogniser_ms: z.number(),
  model_ms: z.number(),
  synthesis_ms: z.number(),
  pacing_ms: z.number(),
  ear_to_ear_ms: z.number(),
});

export const getPhoneCallLatencySchema = {
  params: callParams,
  response: {
    200: z.object({
      id: z.string(),
      /** From the INVITE; the greeting from the answer. Null for what did not happen. */
      set_up: z.object({
        ringing_ms: z.number().nullable(),
        answered_ms: z.number().nullable(),
        greeting_ms: z.number().nullable(),
      }),
      turns: z.array(turn),
      ear_to_ear: z.object({ p50_ms: z.number(), p95_ms: z.number(), max_ms: z.number() }).nullable(),
    }),
  },
};
