import { z } from 'zod';
import { organisationSchema } from '../../organisation.ts';
import { pageCursor, pageLimit } from '../../wire.ts';

export const getOrganisationsSchema = {
  querystring: z.object({ cursor: pageCursor, limit: pageLimit }),
  response: { 200: z.object({ items: z.array(organisationSchema), next: z.string().nullable() }) },
};
