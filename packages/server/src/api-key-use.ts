import { and, eq, isNull, lt, or } from 'drizzle-orm';
import type { Identity } from './api-keys.ts';
import type { Database } from './store/database.ts';
import { apiKeys } from './store/schema.ts';

/** Fine enough to find keys nobody uses, and spares a write with every request. */
const resolutionMs = 60_000;

/** Keeps when a key was last used, to the minute. */
export async function noteKeyUse(db: Database, { keyId, lastUsedAt }: Identity, now: Date): Promise<void> {
  const before = new Date(now.getTime() - resolutionMs);
  if (lastUsedAt && lastUsedAt >= before) return;
  // Requests that come at once write only once.
  await db
    .update(apiKeys)
    .set({ lastUsedAt: now })
    .where(and(eq(apiKeys.id, keyId), or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, before))));
}
