import { and, desc, eq, getTableColumns, gte, lt, or, type SQL } from 'drizzle-orm';
import type { Database } from './store/database.ts';
import { contacts, sessions } from './store/schema.ts';

export const sessionStatuses = ['open', 'closed_resolved', 'closed_unresolved'] as const;
type SessionStatus = (typeof sessionStatuses)[number];

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

/** Where a page begins: behind this session. */
export interface SessionKey {
  readonly createdAt: Date;
  readonly id: string;
}

export interface SessionPage {
  readonly items: readonly SessionWithContact[];
  readonly next: SessionKey | null;
}

/** A page of the organisation's sessions, newest first. */
export async function listSessions(
  db: Database,
  orgId: string,
  filter: SessionFilter,
  after: SessionKey | null,
  limit: number,
): Promise<SessionPage> {
  const rows = await selectSessions(db)
    .where(and(eq(sessions.orgId, orgId), ...conditions(filter), after ? behind(after) : undefined))
    .orderBy(desc(sessions.createdAt), desc(sessions.id))
    // One more tells whether there is a next page.
    .limit(limit + 1);
  const items = rows.slice(0, limit).map(joined);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? { createdAt: last.createdAt, id: last.id } : null };
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

/** Later in the order of the list. */
function behind({ createdAt, id }: SessionKey): SQL | undefined {
  return or(lt(sessions.createdAt, createdAt), and(eq(sessions.createdAt, createdAt), lt(sessions.id, id)));
}
