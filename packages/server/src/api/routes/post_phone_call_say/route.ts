import { sayInCall } from '../../../calls/live-calls.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { requireCall } from '../../require-call.ts';
import { postPhoneCallSaySchema } from './schema.ts';

/** POST /phone/calls/{call_id}/say: the agent says this as soon as nobody speaks. */
export function postPhoneCallSay(api: Api, { store, calls }: Services): void {
  const options = {
    schema: postPhoneCallSaySchema,
    config: { scope: 'phone:write', action: 'call.say', commitsItself: true },
  } as const;
  api.post('/phone/calls/:call_id/say', options, async (request) => {
    const call = await requireCall(store.db, identityOf(request).orgId, request.params.call_id);
    const { text } = request.body;
    sayInCall(calls, call, text);
    return { id: call.id, text };
  });
}
