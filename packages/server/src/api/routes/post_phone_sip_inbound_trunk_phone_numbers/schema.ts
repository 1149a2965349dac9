import { z } from 'zod';
import { inboundTrunkSchema } from '../../inbound-trunk.ts';
import { filledText } from '../../wire.ts';

export const postInboundTrunkNumbersSchema = {
  body: z.object({ phone_numbers: z.array(filledText(50)).min(1).max(1000) }),
  response: { 200: inboundTrunkSchema },
};
