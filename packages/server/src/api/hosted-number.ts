import { z } from 'zod';

/** ISO 3166 alpha-2. */
export const countryCode = z
  .string()
  .regex(/^[a-z]{2}$/i, 'must be a country code of two letters, such as US')
  .toUpperCase();

/** The digits behind the country code. */
export const areaCode = z.string().regex(/^\d{1,6}$/, 'must be the digits of an area code, such as 202');

/** A number to buy together with what it is for. */
export const provisionNumber = z.object({ country: countryCode.default('US'), area_code: areaCode.nullish() });
