import { z } from 'zod';
import { callParams } from '../../call-route.ts';

/** More takes a minute to press; long numbers of cards and mailboxes have half of it. */
const mostKeys = 100;

export const postPhoneCallDigitsSchema = {
  params: callParams,
  body: z.object({
    digits: z
      .string()
      .min(1)
      .max(mostKeys)
      .regex(/^[0-9*#A-Dw]+$/, 'must hold keys 0 to 9, *, #, A to D, and w for a pause of half a second'),
  }),
  response: { 200: z.object({ id: z.string(), digits: z.string() }) },
};
