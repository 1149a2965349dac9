import { z } from 'zod';
import { agentVersionSchema } from '../../agent-version.ts';
import { pageCursor, pageLimit } from '../../wire.ts';

export const getPhoneAgentVersionsSchema = {
  params: z.object({ phone_agent_id: z.string() }),
  querystring: z.object({ cursor: pageCursor, limit: pageLimit }),
  response: { 200: z.object({ items: z.array(agentVersionSchema), next: z.string().nullable() }) },
};
