import { z } from 'zod';
import { userSchema } from '../../user.ts';
import { pageCursor, pageLimit } from '../../wire.ts';

export const getUsersSchema = {
  querystring: z.object({ cursor: pageCursor, limit: pageLimit, organisation_id: z.guid().optional() }),
  response: { 200: z.object({ items: z.array(userSchema), next: z.string().nullable() }) },
};
