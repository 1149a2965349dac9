import { z } from 'zod';
import { organisationSchema } from '../../organisation.ts';
import { countryCode, filledText } from '../../wire.ts';

const body = z.object({
  name: filledText(255),
  /** As long as a label of a host name can be, and of the same letters. */
  slug: z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'must be lower-case letters, digits and hyphens'),
  country: countryCode.optional(),
});

/** `api_key` is the first key of the organisation, shown this once. */
export const postOrganisationsSchema = {
  body,
  response: { 200: organisationSchema.extend({ api_key: z.string() }) },
};
