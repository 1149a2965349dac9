import { z } from 'zod';
import { providerNames } from '../../../hosted-numbers/provider.ts';
import { phoneNumberSchema } from '../../phone-number.ts';
import { filledText } from '../../wire.ts';

const body = z.object({ phone_number: filledText(50), provider: z.enum(providerNames).optional() });

export const postPhoneNumbersBuySchema = { body, response: { 200: phoneNumberSchema } };
