import { createUser } from '../../../users.ts';
import type { Api, Services } from '../../api.ts';
import { membershipsOf, userOnWire } from '../../user.ts';
import { postUsersSchema } from './schema.ts';

/** POST /users: makes a user and its memberships. */
export function postUsers(api: Api, { store }: Services): void {
  const config = { scope: 'instance:admin', action: 'user.create' } as const;
  api.post('/users', { schema: postUsersSchema, config }, async ({ body: { memberships, ...fields } }) =>
    userOnWire(await createUser(store.db, { ...fields, memberships: membershipsOf(memberships) })),
  );
}
