import { inboundTrunkSchema } from '../../inbound-trunk.ts';

export const postInboundTrunkSyncSchema = { response: { 200: inboundTrunkSchema } };
