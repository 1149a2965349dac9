import { z } from 'zod';
import { sessionStatuses } from '../../../sessions.ts';
import { sessionSchema } from '../../session.ts';
import { sessionParams } from '../../session-route.ts';

export const patchChatSessionSchema = {
  params: sessionParams,
  body: z.object({ status: z.enum(sessionStatuses).optional() }),
  response: { 200: sessionSchema },
};
