import { deleteUser as removeUser } from '../../../users.ts';
import { isUuid } from '../../../uuid.ts';
import type { Api, Services } from '../../api.ts';
import { deleted } from '../../deleted.ts';
import { Problem } from '../../problem.ts';
import { deleteUserSchema } from './schema.ts';

/** DELETE /users/{user_id}: its memberships go with it; sessions assigned to it are assigned to nobody. */
export function deleteUser(api: Api, { store }: Services): void {
  const config = { scope: 'instance:admin', action: 'user.delete' } as const;
  api.delete('/users/:user_id', { schema: deleteUserSchema, config }, async ({ params: { user_id: id } }) => {
    if (!isUuid(id) || !(await removeUser(store.db, id))) {
      throw new Problem('user_not_found', 'There is no user with this id. List them with GET /users.');
    }
    return deleted(id);
  });
}
