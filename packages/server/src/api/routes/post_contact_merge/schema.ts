import { z } from 'zod';
import { contactSchema } from '../../contact.ts';

/** The contact of the path goes `into` another one, or takes one up that is named by `from`. */
const body = z.object({ into: z.guid().optional(), from: z.guid().optional() });

export const postContactMergeSchema = {
  params: z.object({ contact_id: z.string() }),
  body,
  response: { 200: contactSchema },
};
