import { z } from 'zod';
import type { Organisation } from '../organisations.ts';

/** An organisation as the API answers with it; the settings of its phone channel are at `/phone/settings`. */
export const organisationSchema = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  country: z.string(),
  created_at: z.string(),
});

export function organisationOnWire(organisation: Organisation): z.output<typeof organisationSchema> {
  return {
    id: organisation.id,
    slug: organisation.slug,
    name: organisation.name,
    country: organisation.country,
    created_at: organisation.createdAt.toISOString(),
  };
}
