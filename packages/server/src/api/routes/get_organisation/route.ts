import { findOrganisation } from '../../../organisations.ts';
import type { Api, Services } from '../../api.ts';
import { organisationOnWire } from '../../organisation.ts';
import { requireOrganisation } from '../../require-organisation.ts';
import { getOrganisationSchema } from './schema.ts';

/** GET /organisations/{organisation_id}: one organisation. */
export function getOrganisation(api: Api, { store }: Services): void {
  const options = { schema: getOrganisationSchema, config: { scope: 'instance:admin' } } as const;
  api.get('/organisations/:organisation_id', options, async ({ params }) =>
    organisationOnWire(await requireOrganisation(params.organisation_id, (id) => findOrganisation(store.db, id))),
  );
}
