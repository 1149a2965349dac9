import { z } from 'zod';
import { phoneAgentSchema } from '../../phone-agent.ts';
import { agentChanges } from '../../phone-agent-body.ts';

export const patchPhoneAgentSchema = {
  params: z.object({ phone_agent_id: z.string() }),
  body: agentChanges,
  response: { 200: phoneAgentSchema },
};
