import { agentVersionParams, agentVersionSchema } from '../../agent-version.ts';

export const postPhoneAgentVersionRollbackSchema = {
  params: agentVersionParams,
  response: { 200: agentVersionSchema },
};
