import { listOrganisations } from '../../../organisations.ts';
import type { Api, Services } from '../../api.ts';
import { readPageKey, writePageKey } from '../../cursor.ts';
import { organisationOnWire } from '../../organisation.ts';
import { getOrganisationsSchema } from './schema.ts';

/** GET /organisations: a page of the instance's organisations, newest first. */
export function getOrganisations(api: Api, { store }: Services): void {
  const options = { schema: getOrganisationsSchema, config: { scope: 'instance:admin' } } as const;
  api.get('/organisations', options, async ({ query }) => {
    const page = await listOrganisations(store.db, readPageKey(query.cursor), query.limit);
    return { items: page.items.map(organisationOnWire), next: writePageKey(page.next) };
  });
}
