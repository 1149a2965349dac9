import { deleteManagedKey } from '../../../managed-keys.ts';
import { isUuid } from '../../../uuid.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { deleted } from '../../deleted.ts';
import { Problem } from '../../problem.ts';
import { deleteApiKeySchema } from './schema.ts';

/** DELETE /api-keys/{api_key_id}: the key is refused from the next request on. */
export function deleteApiKey(api: Api, { store }: Services): void {
  const options = { schema: deleteApiKeySchema, config: { scope: 'org:write', action: 'api_key.delete' } } as const;
  api.delete('/api-keys/:api_key_id', options, async (request) => {
    const id = request.params.api_key_id;
    if (!isUuid(id) || !(await deleteManagedKey(store.db, identityOf(request), id))) {
      throw new Problem('api_key_not_found', 'There is no API key with this id. List them with GET /api-keys.');
    }
    return deleted(id);
  });
}
