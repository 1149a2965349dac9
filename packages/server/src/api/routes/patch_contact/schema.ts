import { z } from 'zod';
import { contactBodySchema, contactSchema } from '../../contact.ts';

export const patchContactSchema = {
  params: z.object({ contact_id: z.string() }),
  body: contactBodySchema,
  response: { 200: contactSchema },
};
