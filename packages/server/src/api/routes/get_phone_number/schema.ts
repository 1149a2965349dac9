import { phoneNumberParams, phoneNumberSchema } from '../../phone-number.ts';

export const getPhoneNumberSchema = { params: phoneNumberParams, response: { 200: phoneNumberSchema } };
