import { inboundTrunkFields, inboundTrunkSchema } from '../../inbound-trunk.ts';

export const patchInboundTrunkSchema = { body: inboundTrunkFields, response: { 200: inboundTrunkSchema } };
