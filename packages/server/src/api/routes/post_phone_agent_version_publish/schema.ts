import { agentVersionParams, agentVersionSchema } from '../../agent-version.ts';

export const postPhoneAgentVersionPublishSchema = {
  params: agentVersionParams,
  response: { 200: agentVersionSchema },
};
