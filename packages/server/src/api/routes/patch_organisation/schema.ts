import { z } from 'zod';
import { organisationSchema } from '../../organisation.ts';
import { countryCode, filledText } from '../../wire.ts';

export const patchOrganisationSchema = {
  params: z.object({ organisation_id: z.string() }),
  body: z.object({ name: filledText(255).optional(), country: countryCode.optional() }),
  response: { 200: organisationSchema },
};
