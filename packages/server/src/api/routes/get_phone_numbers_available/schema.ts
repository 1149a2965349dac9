import { z } from 'zod';
import { providerNames } from '../../../hosted-numbers/provider.ts';
import { areaCode, countryCode } from '../../hosted-number.ts';

const querystring = z.object({
  country: countryCode.default('US'),
  area_code: areaCode.optional(),
  provider: z.enum(providerNames).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});

const offeredNumber = z.object({
  phone_number: z.string(),
  provider: z.enum(providerNames),
  country: z.string(),
  region: z.string().nullable(),
  locality: z.string().nullable(),
  features: z.array(z.string()),
  /** Decimal text in `currency`; null where the provider's search does not tell. */
  monthly_cost: z.string().nullable(),
  currency: z.string().nullable(),
});

export const getPhoneNumbersAvailableSchema = {
  querystring,
  response: {
    200: z.object({
      items: z.array(offeredNumber),
      /** Providers offer a changing choice without pages: always null. */
      next: z.null(),
    }),
  },
};
