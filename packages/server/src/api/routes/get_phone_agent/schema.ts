import { z } from 'zod';
import { phoneAgentSchema } from '../../phone-agent.ts';

export const getPhoneAgentSchema = {
  params: z.object({ phone_agent_id: z.string() }),
  response: { 200: phoneAgentSchema },
};
