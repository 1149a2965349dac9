import { createOrganisation } from '../../../organisations.ts';
import type { Api, Services } from '../../api.ts';
import { organisationOnWire } from '../../organisation.ts';
import { postOrganisationsSchema } from './schema.ts';

/** POST /organisations: makes an organisation and its first API key. */
export function postOrganisations(api: Api, { store }: Services): void {
  const config = { scope: 'instance:admin', action: 'organisation.create' } as const;
  api.post('/organisations', { schema: postOrganisationsSchema, config }, async (request) => {
    const { organisation, apiKey } = await createOrganisation(store.db, request.body);
    return { ...organisationOnWire(organisation), api_key: apiKey };
  });
}
