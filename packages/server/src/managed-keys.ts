/** API keys as an organisation manages them: no key can give or take away more than it holds. */
import { and, eq } from 'drizzle-orm';
import { allows, type Grant, type Identity, keyRow, makeApiKey, readGrant, writeGrant } from './api-keys.ts';
import { Refusal } from './refusal.ts';
import type { Database } from './store/database.ts';
import { behind, newestFirst, type Page, type PageKey, pageOf } from './store/newest-first.ts';
import { apiKeys } from './store/schema.ts';

/** A key without what it is checked by. */
export type ManagedKey = Omit<typeof apiKeys.$inferSelect, 'hash' | 'scopes'> & Grant;

export interface WantedKey extends Grant {
  readonly name: string;
  readonly expiresAt: Date | null;
}

/**
 * @returns the new key with its whole text, which cannot be shown again.
 * @throws {Refusal} `scope_missing` when `by` does not hold what is to be granted.
 */
export async function createManagedKey(db: Database, by: Identity, wanted: WantedKey) {
  mustHold(by, wanted);
  const key = makeApiKey();
  const { name, expiresAt } = wanted;
  const values = keyRow(by.orgId, key, { name, expiresAt, scopes: writeGrant(wanted) });
  const [row] = await db.insert(apiKeys).values(values).returning();
  if (!row) throw new Error('The API key was not returned by its insert.');
  return { ...managed(row), key };
}

export async function listManagedKeys(
  db: Database,
  orgId: string,
  after: PageKey | null,
  limit: number,
): Promise<Page<ManagedKey>> {
  const rows = await db
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.orgId, orgId), behind(apiKeys, after)))
    .orderBy(...newestFirst(apiKeys))
    .limit(limit + 1);
  return pageOf(rows.map(managed), limit);
}

/**
 * @param id a UUID.
 * @returns false when the organisation has no such key.
 * @throws {Refusal} `api_key_in_use` for the key of the request, `scope_missing` for a key that may do more than it.
 */
export async function deleteManagedKey(db: Database, by: Identity, id: string): Promise<boolean> {
  const ofOrganisation = and(eq(apiKeys.orgId, by.orgId), eq(apiKeys.id, id));
  const [row] = await db.select().from(apiKeys).where(ofOrganisation);
  if (!row) return false;
  if (row.id === by.keyId) {
    throw new Refusal('api_key_in_use', 'A key cannot delete itself. Delete it with another key.');
  }
  mustHold(by, readGrant(row.scopes));
  await db.delete(apiKeys).where(ofOrganisation);
  return true;
}

function managed({ hash: _hash, scopes, ...row }: typeof apiKeys.$inferSelect): ManagedKey {
  return { ...row, ...readGrant(scopes) };
}

function mustHold(by: Grant, { scopes, instanceAdmin }: Grant): void {
  if (scopes === null && by.scopes !== null) {
    throw new Refusal('scope_missing', 'The API key has no full access, so it cannot give or take it away.');
  }
  const wanted = [...(scopes ?? []), ...(instanceAdmin ? ['instance:admin'] : [])];
  const missing = wanted.find((scope) => !allows(by, scope));
  if (missing !== undefined) {
    throw new Refusal('scope_missing', `The API key lacks the scope ${missing}, so it cannot give or take it away.`);
  }
}
