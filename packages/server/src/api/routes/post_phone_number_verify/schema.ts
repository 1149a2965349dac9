import { phoneNumberParams, phoneNumberSchema } from '../../phone-number.ts';

export const postPhoneNumberVerifySchema = { params: phoneNumberParams, response: { 200: phoneNumberSchema } };
