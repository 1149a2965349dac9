import { z } from 'zod';
import { sessionSchema } from '../../session.ts';
import { sessionParams } from '../../session-route.ts';

export const postChatSessionAssignSchema = {
  params: sessionParams,
  /** A user of the organisation; null gives the session back to the agent. */
  body: z.object({ assignee_id: z.guid().nullable() }),
  response: { 200: sessionSchema },
};
