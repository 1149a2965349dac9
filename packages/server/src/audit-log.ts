import { and, eq } from 'drizzle-orm';
import type { Database } from './store/database.ts';
import { behind, newestFirst, type Page, type PageKey, pageOf } from './store/newest-first.ts';
import { auditLog } from './store/schema.ts';

export type AuditEntry = typeof auditLog.$inferSelect;

/** What somebody did. `data` holds names of fields and the like, never a secret and nothing people said. */
type NewAuditEntry = Omit<typeof auditLog.$inferInsert, 'id' | 'createdAt'>;

interface AuditFilter {
  readonly action?: string | undefined;
  readonly targetId?: string | undefined;
}

export async function writeAuditEntry(db: Database, entry: NewAuditEntry): Promise<void> {
  await db.insert(auditLog).values(entry);
}

/** A page of the organisation's log, newest first. */
export async function listAuditEntries(
  db: Database,
  orgId: string,
  { action, targetId }: AuditFilter,
  after: PageKey | null,
  limit: number,
): Promise<Page<AuditEntry>> {
  const rows = await db
    .select()
    .from(auditLog)
    .where(
      and(
        eq(auditLog.orgId, orgId),
        action === undefined ? undefined : eq(auditLog.action, action),
        targetId === undefined ? undefined : eq(auditLog.targetId, targetId),
        behind(auditLog, after),
      ),
    )
    .orderBy(...newestFirst(auditLog))
    .limit(limit + 1);
  return pageOf(rows, limit);
}
