import { updateOrganisation } from '../../../organisations.ts';
import type { Api, Services } from '../../api.ts';
import { organisationOnWire } from '../../organisation.ts';
import { requireOrganisation } from '../../require-organisation.ts';
import { patchOrganisationSchema } from './schema.ts';

/** PATCH /organisations/{organisation_id}: changes its name or country. */
export function patchOrganisation(api: Api, { store }: Services): void {
  const config = { scope: 'instance:admin', action: 'organisation.update' } as const;
  const options = { schema: patchOrganisationSchema, config } as const;
  api.patch('/organisations/:organisation_id', options, async ({ params, body }) =>
    organisationOnWire(
      await requireOrganisation(params.organisation_id, (id) => updateOrganisation(store.db, id, body)),
    ),
  );
}
