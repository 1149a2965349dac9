import { and, desc, eq, lt, or } from 'drizzle-orm';
import type { Database } from './store/database.ts';
import { auditLog } from './store/schema.ts';

export type AuditEntry = typeof auditLog.$inferSelect;

/** What somebody did. `data` holds names of fields and the like, never a secret and nothing people said. */
export type NewAuditEntry = Omit<typeof auditLog.$inferInsert, 'id' | 'createdAt'>;

/** Place of an entry in the log, which is read newest first. */
export interface AuditKey {
  readonly createdAt: Date;
  readonly id: string;
}

export async function writeAuditEntry(db: Database, entry: NewAuditEntry): Promise<void> {
  await db.insert(auditLog).values(entry);
}

/** A page of the organisation's log, newest first; `next` is null on the last page. */
export async function listAuditEntries(
  db: Database,
  orgId: string,
  filter: { readonly action?: string | undefined },
  after: AuditKey | null,
  limit: number,
): Promise<{ readonly items: readonly AuditEntry[]; readonly next: AuditKey | null }> {
  const rows = await db
    .select()
    .from(auditLog)
    .where(
      and(
        eq(auditLog.orgId, orgId),
        filter.action === undefined ? undefined : eq(auditLog.action, filter.action),
        after === null
          ? undefined
          : or(
              lt(auditLog.createdAt, after.createdAt),
              and(eq(auditLog.createdAt, after.createdAt), lt(auditLog.id, after.id)),
            ),
      ),
    )
    .orderBy(desc(auditLog.createdAt), desc(auditLog.id))
    // One more than asked for tells whether there is a next page.
    .limit(limit + 1);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? { createdAt: last.createdAt, id: last.id } : null };
}
