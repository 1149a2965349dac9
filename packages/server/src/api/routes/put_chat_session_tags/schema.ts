import { z } from 'zod';
import { sessionSchema } from '../../session.ts';
import { sessionParams } from '../../session-route.ts';
import { filledText } from '../../wire.ts';

export const putChatSessionTagsSchema = {
  params: sessionParams,
  body: z.object({ tags: z.array(filledText(50)).max(50) }),
  response: { 200: sessionSchema },
};
