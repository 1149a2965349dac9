import { z } from 'zod';
import { contactSchema } from '../../contact.ts';
import { filledText, pageCursor, pageLimit } from '../../wire.ts';

export const getContactsSchema = {
  querystring: z.object({
    cursor: pageCursor,
    limit: pageLimit,
    /** In any written form. */
    phone_number: filledText(50).optional(),
    email: filledText(320).optional(),
  }),
  response: { 200: z.object({ items: z.array(contactSchema), next: z.string().nullable() }) },
};
