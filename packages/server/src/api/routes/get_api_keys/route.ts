import { listManagedKeys } from '../../../managed-keys.ts';
import type { Api, Services } from '../../api.ts';
import { apiKeyOnWire } from '../../api-key.ts';
import { identityOf } from '../../authentication.ts';
import { readPageKey, writePageKey } from '../../cursor.ts';
import { getApiKeysSchema } from './schema.ts';

/** GET /api-keys: a page of the organisation's keys, newest first. */
export function getApiKeys(api: Api, { store }: Services): void {
  api.get('/api-keys', { schema: getApiKeysSchema, config: { scope: 'org:read' } }, async (request) => {
    const { cursor, limit } = request.query;
    const page = await listManagedKeys(store.db, identityOf(request).orgId, readPageKey(cursor), limit);
    return { items: page.items.map(apiKeyOnWire), next: writePageKey(page.next) };
  });
}
