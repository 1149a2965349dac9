import { updateUser } from '../../../users.ts';
import { isUuid } from '../../../uuid.ts';
import type { Api, Services } from '../../api.ts';
import { Problem } from '../../problem.ts';
import { membershipsOf, userOnWire } from '../../user.ts';
import { patchUserSchema } from './schema.ts';

/** PATCH /users/{user_id}: changes a user; memberships are replaced as a whole. */
export function patchUser(api: Api, { store }: Services): void {
  const config = { scope: 'instance:admin', action: 'user.update' } as const;
  api.patch('/users/:user_id', { schema: patchUserSchema, config }, async ({ params, body }) => {
    const { memberships, ...fields } = body;
    const change = { ...fields, memberships: membershipsOf(memberships) };
    const user = isUuid(params.user_id) ? await updateUser(store.db, params.user_id, change) : undefined;
    if (!user) throw new Problem('user_not_found', 'There is no user with this id. List them with GET /users.');
    return userOnWire(user);
  });
}
