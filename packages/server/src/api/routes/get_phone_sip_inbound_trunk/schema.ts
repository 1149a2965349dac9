import { inboundTrunkSchema } from '../../inbound-trunk.ts';

export const getInboundTrunkSchema = { response: { 200: inboundTrunkSchema } };
