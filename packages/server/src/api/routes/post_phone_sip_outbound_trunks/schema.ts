import { newOutboundTrunk, outboundTrunkSchema } from '../../outbound-trunk.ts';

export const postOutboundTrunksSchema = { body: newOutboundTrunk, response: { 200: outboundTrunkSchema } };
