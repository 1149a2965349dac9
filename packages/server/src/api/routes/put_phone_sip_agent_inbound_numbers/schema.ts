import { z } from 'zod';
import { agentParams, agentSipConfigSchema } from '../../agent-sip-config.ts';

export const putAgentInboundNumbersSchema = {
  params: agentParams,
  body: z.object({ phone_number_ids: z.array(z.guid('must be the id of a phone number')).max(1000) }),
  response: { 200: agentSipConfigSchema },
};
