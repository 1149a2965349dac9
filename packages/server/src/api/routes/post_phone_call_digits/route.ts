import { pressDigits } from '../../../calls/live-calls.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { requireCall } from '../../require-call.ts';
import { postPhoneCallDigitsSchema } from './schema.ts';

/** POST /phone/calls/{call_id}/digits: presses keys towards the other side, one after the other. */
export function postPhoneCallDigits(api: Api, { store, calls }: Services): void {
  const options = {
    schema: postPhoneCallDigitsSchema,
    config: { scope: 'phone:write', action: 'call.digits', commitsItself: true },
  } as const;
  api.post('/phone/calls/:call_id/digits', options, async (request) => {
    const call = await requireCall(store.db, identityOf(request).orgId, request.params.call_id);
    const { digits } = request.body;
    pressDigits(calls, call, digits);
    return { id: call.id, digits };
  });
}
