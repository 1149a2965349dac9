import { inboundTrunkSchema } from '../../inbound-trunk.ts';

export const postInboundTrunkRotatePasswordSchema = { response: { 200: inboundTrunkSchema } };
