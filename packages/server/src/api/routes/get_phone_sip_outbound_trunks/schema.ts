import { z } from 'zod';
import { outboundTrunkSchema } from '../../outbound-trunk.ts';

/** A bare array without paging, as documented. */
export const getOutboundTrunksSchema = { response: { 200: z.array(outboundTrunkSchema) } };
