import { z } from 'zod';
import { channelTypes, sessionSchema } from '../../session.ts';

/** A call makes its own session. */
const textChannels = channelTypes.filter((type) => type !== 'phone_voice' && type !== 'web_voice');

const fields = z.object({
  contact_id: z.guid().nullish(),
  channel: z.object({ type: z.enum(textChannels) }).default({ type: 'api' }),
});

export const postChatSessionsSchema = {
  body: fields.nullish().transform((body) => body ?? fields.parse({})),
  response: { 200: sessionSchema },
};
