import { type Call, findCall } from '../calls/calls.ts';
import type { Database } from '../store/database.ts';
import { isUuid } from '../uuid.ts';
import { Problem } from './problem.ts';

/** @throws {Problem} `call_not_found`, also for calls of other organisations. */
export async function requireCall(db: Database, orgId: string, id: string): Promise<Call> {
  const call = isUuid(id) ? await findCall(db, orgId, id) : undefined;
  if (!call) throw new Problem('call_not_found', 'There is no call with this id. List them with GET /phone/calls.');
  return call;
}
