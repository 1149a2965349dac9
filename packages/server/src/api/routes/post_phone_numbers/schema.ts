import { z } from 'zod';
import { numberMethods } from '../../../phone-number-records.ts';
import { phoneNumberSchema } from '../../phone-number.ts';
import { filledText } from '../../wire.ts';

const body = z.object({ phone_number: filledText(50), method: z.enum(numberMethods) });

export const postPhoneNumbersSchema = { body, response: { 200: phoneNumberSchema } };
