import { z } from 'zod';
import { agentVersionSchema } from '../../agent-version.ts';
import { agentChanges } from '../../phone-agent-body.ts';

export const postPhoneAgentVersionsSchema = {
  params: z.object({ phone_agent_id: z.string() }),
  body: agentChanges,
  response: { 200: agentVersionSchema },
};
