import { z } from 'zod';
import { historyItemSchema } from '../../history-item.ts';
import { sessionParams } from '../../session-route.ts';
import { filledText } from '../../wire.ts';

export const postChatSessionNotesSchema = {
  params: sessionParams,
  /** `author` is a name for people; without it nobody is named. */
  body: z.object({ text: filledText(10_000), author: filledText(200).optional() }),
  response: { 200: historyItemSchema },
};
