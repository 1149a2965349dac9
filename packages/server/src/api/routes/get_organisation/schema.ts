import { z } from 'zod';
import { organisationSchema } from '../../organisation.ts';

export const getOrganisationSchema = {
  params: z.object({ organisation_id: z.string() }),
  response: { 200: organisationSchema },
};
