import { z } from 'zod';
import { numberStates } from '../../../phone-number-records.ts';
import { phoneNumberSchema } from '../../phone-number.ts';
import { pageCursor, pageLimit } from '../../wire.ts';

const querystring = z.object({
  cursor: pageCursor,
  limit: pageLimit,
  state: z.enum(numberStates).optional(),
  agent_id: z.uuid('must be the id of a phone agent').optional(),
});

export const getPhoneNumbersSchema = {
  querystring,
  response: { 200: z.object({ items: z.array(phoneNumberSchema), next: z.string().nullable() }) },
};
