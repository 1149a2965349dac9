import { z } from 'zod';
import { provisionNumber } from '../../hosted-number.ts';
import { phoneAgentSchema } from '../../phone-agent.ts';
import { agentFields, agentName } from '../../phone-agent-body.ts';

const body = z.object({
  name: agentName,
  ...agentFields,
  /** Buys a number of this country and area code and has the agent answer it. */
  provision_number: provisionNumber.nullish(),
});

export const postPhoneSchema = { body, response: { 200: phoneAgentSchema } };
