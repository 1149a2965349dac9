import { z } from 'zod';
import { checkCredentials, outboundTrunkParams, outboundTrunkSchema } from '../../outbound-trunk.ts';
import { filledText } from '../../wire.ts';

const credential = filledText(255).nullable();

export const postOutboundTrunkCredentialsSchema = {
  params: outboundTrunkParams,
  body: z.object({ username: credential, password: credential }).superRefine(checkCredentials),
  response: { 200: outboundTrunkSchema },
};
