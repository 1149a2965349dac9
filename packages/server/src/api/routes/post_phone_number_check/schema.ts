import { z } from 'zod';
import { phoneNumberParams, phoneNumberSchema } from '../../phone-number.ts';

const body = z.object({ code: z.string().regex(/^\d{6}$/, 'must be the six digits that were sent') });

export const postPhoneNumberCheckSchema = { params: phoneNumberParams, body, response: { 200: phoneNumberSchema } };
