import { z } from 'zod';
import { deletedSchema } from '../../deleted.ts';

export const deleteContactSchema = { params: z.object({ contact_id: z.string() }), response: { 200: deletedSchema } };
