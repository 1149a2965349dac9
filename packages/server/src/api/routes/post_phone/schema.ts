import { z } from 'zod';
import { phoneAgentSchema } from '../../phone-agent.ts';
import { agentFields, agentName } from '../../phone-agent-body.ts';

const body = z.object({ name: agentName, ...agentFields });

export const postPhoneSchema = { body, response: { 200: phoneAgentSchema } };
