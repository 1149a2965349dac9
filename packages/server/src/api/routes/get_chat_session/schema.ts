import { z } from 'zod';
import { sessionSchema } from '../../session.ts';

export const getChatSessionSchema = {
  params: z.object({ session_id: z.string() }),
  response: { 200: sessionSchema },
};
