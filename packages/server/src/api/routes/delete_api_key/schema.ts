import { z } from 'zod';
import { deletedSchema } from '../../deleted.ts';

export const deleteApiKeySchema = { params: z.object({ api_key_id: z.string() }), response: { 200: deletedSchema } };
