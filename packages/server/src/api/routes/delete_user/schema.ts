import { z } from 'zod';
import { deletedSchema } from '../../deleted.ts';

export const deleteUserSchema = { params: z.object({ user_id: z.string() }), response: { 200: deletedSchema } };
