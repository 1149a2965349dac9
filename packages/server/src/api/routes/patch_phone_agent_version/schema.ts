import { agentVersionParams, agentVersionSchema } from '../../agent-version.ts';
import { agentChanges } from '../../phone-agent-body.ts';

export const patchPhoneAgentVersionSchema = {
  params: agentVersionParams,
  body: agentChanges,
  response: { 200: agentVersionSchema },
};
