import { findSession, type SessionWithContact } from '../sessions.ts';
import type { Database } from '../store/database.ts';
import { isUuid } from '../uuid.ts';
import { Problem } from './problem.ts';

/** @throws {Problem} `session_not_found`, also for sessions of other organisations. */
export async function requireSession(db: Database, orgId: string, id: string): Promise<SessionWithContact> {
  const session = isUuid(id) ? await findSession(db, orgId, id) : undefined;
  if (!session) {
    throw new Problem('session_not_found', 'There is no session with this id. List them with GET /chat/sessions.');
  }
  return session;
}
