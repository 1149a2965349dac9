import { z } from 'zod';
import { sessionSchema } from '../../session.ts';
import { sessionParams } from '../../session-route.ts';

export const postChatSessionCloseSchema = {
  params: sessionParams,
  body: z
    .object({ status: z.enum(['closed_resolved', 'closed_unresolved']).default('closed_resolved') })
    .nullish()
    .transform((body) => body ?? { status: 'closed_resolved' as const }),
  response: { 200: sessionSchema },
};
