import { outboundTrunkChanges, outboundTrunkParams, outboundTrunkSchema } from '../../outbound-trunk.ts';

export const putOutboundTrunkSchema = {
  params: outboundTrunkParams,
  body: outboundTrunkChanges,
  response: { 200: outboundTrunkSchema },
};
