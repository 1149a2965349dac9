import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { callOnWire } from '../../call.ts';
import { requireCall } from '../../require-call.ts';
import { getPhoneCallSchema } from './schema.ts';

/** GET /phone/calls/{call_id}: one call. */
export function getPhoneCall(api: Api, { store }: Services): void {
  const options = { schema: getPhoneCallSchema, config: { scope: 'phone:read' } } as const;
  api.get('/phone/calls/:call_id', options, async (request) =>
    callOnWire(await requireCall(store.db, identityOf(request).orgId, request.params.call_id)),
  );
}
