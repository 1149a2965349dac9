import { z } from 'zod';
import { inboundTrunkSchema } from '../../inbound-trunk.ts';

export const deleteInboundTrunkNumberSchema = {
  /** With its plus as it is or as `%2B`. */
  params: z.object({ phone_number: z.string() }),
  response: { 200: inboundTrunkSchema },
};
