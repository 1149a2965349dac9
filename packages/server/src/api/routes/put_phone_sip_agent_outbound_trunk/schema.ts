import { z } from 'zod';
import { agentParams, agentSipConfigSchema } from '../../agent-sip-config.ts';

export const putAgentOutboundTrunkSchema = {
  params: agentParams,
  body: z.object({ trunk_id: z.guid('must be the id of an outbound trunk').nullable() }),
  response: { 200: agentSipConfigSchema },
};
