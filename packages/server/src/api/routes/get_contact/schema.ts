import { z } from 'zod';
import { contactSchema } from '../../contact.ts';

export const getContactSchema = { params: z.object({ contact_id: z.string() }), response: { 200: contactSchema } };
