import { hangUpCall } from '../../../calls/live-calls.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { callOnWire } from '../../call.ts';
import { requireCall } from '../../require-call.ts';
import { postPhoneCallHangupSchema } from './schema.ts';

/** POST /phone/calls/{call_id}/hangup: ends the call, and answers with it once its record is complete. */
export function postPhoneCallHangup(api: Api, { store, calls }: Services): void {
  const options = {
    schema: postPhoneCallHangupSchema,
    config: { scope: 'phone:write', action: 'call.hangup', commitsItself: true },
  } as const;
  api.post('/phone/calls/:call_id/hangup', options, async (request) => {
    const { orgId } = identityOf(request);
    const call = await requireCall(store.db, orgId, request.params.call_id);
    await hangUpCall(calls, call);
    return callOnWire(await requireCall(store.db, orgId, call.id));
  });
}
