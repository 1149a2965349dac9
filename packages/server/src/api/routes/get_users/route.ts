import { listUsers } from '../../../users.ts';
import type { Api, Services } from '../../api.ts';
import { readPageKey, writePageKey } from '../../cursor.ts';
import { userOnWire } from '../../user.ts';
import { getUsersSchema } from './schema.ts';

/** GET /users: a page of the instance's users, or of an organisation's members, newest first. */
export function getUsers(api: Api, { store }: Services): void {
  api.get('/users', { schema: getUsersSchema, config: { scope: 'instance:admin' } }, async ({ query }) => {
    const page = await listUsers(store.db, query.organisation_id, readPageKey(query.cursor), query.limit);
    return { items: page.items.map(userOnWire), next: writePageKey(page.next) };
  });
}
