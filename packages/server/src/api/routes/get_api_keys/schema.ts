import { z } from 'zod';
import { apiKeySchema } from '../../api-key.ts';
import { pageCursor, pageLimit } from '../../wire.ts';

export const getApiKeysSchema = {
  querystring: z.object({ cursor: pageCursor, limit: pageLimit }),
  response: { 200: z.object({ items: z.array(apiKeySchema), next: z.string().nullable() }) },
};
