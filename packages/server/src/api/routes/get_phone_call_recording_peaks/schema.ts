import { z } from 'zod';
import { callParams } from '../../call-route.ts';

const peaks = z.array(z.int());

export const getPhoneCallRecordingPeaksSchema = {
  params: callParams,
  /** The most peaks that are wanted of each side. */
  querystring: z.object({ points: z.coerce.number().int().min(1).max(10_000).default(1000) }),
  response: {
    200: z.object({
      id: z.string(),
      duration_ms: z.number(),
      /** What one peak stands for; 100 or a multiple of it. */
      peak_ms: z.int(),
      /** Loudest sample of each stretch, 0 to 255 of full scale. */
      caller: peaks,
      agent: peaks,
    }),
  },
};
