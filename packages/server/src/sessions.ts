import { and, eq, getTableColumns, gte, lt, type SQL } from 'drizzle-orm';
import type { Database } from './store/database.ts';
import { behind, newestFirst, type Page, type PageKey, pageOf } from './store/newest-first.ts';
import { contacts, sessions } from './store/schema.ts';

export const sessionStatuses = ['open', 'closed_resolved', 'closed_unresolved'] as const;
export type SessionStatus = (typeof sessionStatuses)[number];

/** A session with the contact it is held with. */
export type SessionWithContact = typeof sessions.$inferSelect & {
  readonly contact: typeof contacts.$inferSelect | null;
};

export interface SessionFilter {
  readonly handedOff?: boolean | undefined;
  readonly status?: SessionStatus | undefined;
  readonly channelType?: string | undefined;
  /** `after` includes the moment itself and `before` does not, so that neighbouring windows miss and repeat nothing. */
  readonly createdAfter?: Date | undefined;
  readonly createdBefore?: Date | undefined;
  readonly updatedAfter?: Date | undefined;
  readonly updatedBefore?: Date | undefined;
}

/** A page of the organisation's sessions, newest first. */
export async function listSessions(
  db: Database,
  orgId: string,
  filter: SessionFilter,
  after: PageKey | null,
  limit: number,
): Promise<Page<SessionWithContact>> {
  const rows = await selectSessions(db)
    .where(and(eq(sessions.orgId, orgId), ...conditions(filter), behind(sessions, after)))
    .orderBy(...newestFirst(sessions))
    // One more tells whether there is a next page.
    .limit(limit + 1);
  return pageOf(rows.map(joined), limit);
}

/** @param id a UUID. */
export async function findSession(db: Database, orgId: string, id: string): Promise<SessionWithContact | undefined> {
  const [row] = await selectSessions(db).where(and(eq(sessions.orgId, orgId), eq(sessions.id, id)));
  return row && joined(row);
}

function selectSessions(db: Database) {
  return db
    .select({ session: getTableColumns(sessions), contact: getTableColumns(contacts) })
    .from(sessions)
    .leftJoin(contacts, eq(contacts.id, sessions.contactId));
}

function joined(row: {
  readonly session: typeof sessions.$inferSelect;
  readonly contact: typeof contacts.$inferSelect | null;
}): SessionWithContact {
  return { ...row.session, contact: row.contact };
}

function conditions(filter: SessionFilter): SQL[] {
  const { handedOff, status, channelType, createdAfter, createdBefore, updatedAfter, updatedBefore } = filter;
  const wanted: SQL[] = [];
  if (handedOff !== undefined) wanted.push(eq(sessions.handedOff, handedOff));
  if (status) wanted.push(eq(sessions.status, status));
  if (channelType) wanted.push(eq(sessions.channelType, channelType));
  if (createdAfter) wanted.push(gte(sessions.createdAt, createdAfter));
  if (createdBefore) wanted.push(lt(sessions.createdAt, createdBefore));
  if (updatedAfter) wanted.push(gte(sessions.updatedAt, updatedAfter));
  if (updatedBefore) wanted.push(lt(sessions.updatedAt, updatedBefore));
  return wanted;
}
