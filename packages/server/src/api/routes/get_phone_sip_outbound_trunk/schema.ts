import { outboundTrunkDetailsSchema, outboundTrunkParams } from '../../outbound-trunk.ts';

export const getOutboundTrunkSchema = { params: outboundTrunkParams, response: { 200: outboundTrunkDetailsSchema } };
