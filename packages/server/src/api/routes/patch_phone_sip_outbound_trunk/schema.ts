import { outboundTrunkChanges, outboundTrunkParams, outboundTrunkSchema } from '../../outbound-trunk.ts';

export const patchOutboundTrunkSchema = {
  params: outboundTrunkParams,
  body: outboundTrunkChanges,
  response: { 200: outboundTrunkSchema },
};
