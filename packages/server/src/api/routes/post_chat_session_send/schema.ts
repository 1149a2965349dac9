import { z } from 'zod';
import { sessionParams } from '../../session-route.ts';
import { filledText } from '../../wire.ts';

export const postChatSessionSendSchema = {
  params: sessionParams,
  body: z.object({
    sender: z.literal('contact').default('contact'),
    message: z.object({ type: z.literal('text'), text: filledText(4000) }),
  }),
  response: {
    200: z.object({
      /** Absent while a person has the session. */
      ai_response: z.object({ text: z.string(), error: z.object({ message: z.string() }).optional() }).optional(),
    }),
  },
};
