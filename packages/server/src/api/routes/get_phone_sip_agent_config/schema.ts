import { agentParams, agentSipConfigSchema } from '../../agent-sip-config.ts';

export const getAgentSipConfigSchema = { params: agentParams, response: { 200: agentSipConfigSchema } };
