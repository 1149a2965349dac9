import { listCalls } from '../../../calls/calls.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { callOnWire } from '../../call.ts';
import { readPageKey, writePageKey } from '../../cursor.ts';
import { getPhoneCallsSchema } from './schema.ts';

/** GET /phone/calls: a page of calls, newest first. */
export function getPhoneCalls(api: Api, { store }: Services): void {
  const options = { schema: getPhoneCallsSchema, config: { scope: 'phone:read' } } as const;
  api.get('/phone/calls', options, async (request) => {
    const { cursor, limit, ...query } = request.query;
    const filter = {
      sessionId: query.session_id,
      agentId: query.agent_id,
      state: query.state,
      direction: query.direction,
      caller: query.caller,
      createdAfter: query.created_after,
      createdBefore: query.created_before,
    };
    const { items, next } = await listCalls(store.db, identityOf(request).orgId, filter, readPageKey(cursor), limit);
    return { items: items.map(callOnWire), next: writePageKey(next) };
  });
}
