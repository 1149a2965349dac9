import { z } from 'zod';
import { sessionStatuses } from '../../../sessions.ts';
import { channelTypes, sessionSchema } from '../../session.ts';
import { moment, pageCursor, pageLimit } from '../../wire.ts';

const querystring = z.object({
  cursor: pageCursor,
  limit: pageLimit,
  handed_off: z.enum(['true', 'false']).optional(),
  status: z.enum(sessionStatuses).optional(),
  channel_type: z.enum(channelTypes).optional(),
  created_after: moment.optional(),
  created_before: moment.optional(),
  updated_after: moment.optional(),
  updated_before: moment.optional(),
});

export const getChatSessionsSchema = {
  querystring,
  response: { 200: z.object({ items: z.array(sessionSchema), next: z.string().nullable() }) },
};
