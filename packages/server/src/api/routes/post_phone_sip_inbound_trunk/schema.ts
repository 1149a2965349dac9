import { z } from 'zod';
import { inboundTrunkFields, inboundTrunkSchema } from '../../inbound-trunk.ts';
import { filledText } from '../../wire.ts';

/** Everything is optional, the body itself too. */
const body = inboundTrunkFields.extend({ phone_numbers: z.array(filledText(50)).max(1000).nullish() }).nullish();

export const postInboundTrunkSchema = { body, response: { 200: inboundTrunkSchema } };
