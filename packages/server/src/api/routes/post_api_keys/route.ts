import { createManagedKey } from '../../../managed-keys.ts';
import type { Api, Services } from '../../api.ts';
import { apiKeyOnWire } from '../../api-key.ts';
import { identityOf } from '../../authentication.ts';
import { postApiKeysSchema } from './schema.ts';

/** POST /api-keys: makes a key that may do at most what the key of the request may. */
export function postApiKeys(api: Api, { store }: Services): void {
  const options = { schema: postApiKeysSchema, config: { scope: 'org:write', action: 'api_key.create' } } as const;
  api.post('/api-keys', options, async (request) => {
    const { name, full_access: full, scopes, expires_at: expiresAt = null } = request.body;
    const made = await createManagedKey(store.db, identityOf(request), {
      name,
      expiresAt,
      scopes: full ? null : scopes,
      instanceAdmin: scopes.includes('instance:admin'),
    });
    return { ...apiKeyOnWire(made), key: made.key };
  });
}
