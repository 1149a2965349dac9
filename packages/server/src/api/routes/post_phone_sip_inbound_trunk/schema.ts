import { z } from 'zod';
import { inboundTrunkSchema } from '../../inbound-trunk.ts';
import { filledText } from '../../wire.ts';

/** Everything is optional, the body itself too. */
const body = z
  .object({
    phone_numbers: z.array(filledText(50)).max(1000).nullish(),
    krisp_enabled: z.boolean().nullish(),
  })
  .nullish();

export const postInboundTrunkSchema = { body, response: { 200: inboundTrunkSchema } };
