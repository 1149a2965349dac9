import { contactBodySchema, contactSchema } from '../../contact.ts';

export const postContactsSchema = { body: contactBodySchema, response: { 200: contactSchema } };
