import { allows } from '../../../api-keys.ts';
import { listRefusals, type SipRefusal } from '../../../sip/refusals.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { readPageKey, writePageKey } from '../../cursor.ts';
import { Problem } from '../../problem.ts';
import { getSipRefusalsSchema } from './schema.ts';

/** GET /phone/sip/refusals: a page of the calls that were turned away, newest first, each with its reason. */
export function getSipRefusals(api: Api, { store }: Services): void {
  const options = { schema: getSipRefusalsSchema, config: { scope: 'sip:read' } } as const;
  api.get('/phone/sip/refusals', options, async (request) => {
    const identity = identityOf(request);
    const { cursor, limit, whose } = request.query;
    if (whose === 'unknown' && !allows(identity, 'instance:admin')) {
      throw new Problem(
        'scope_missing',
        "Refusals of unknown sources are the whole installation's: the API key needs the scope instance:admin.",
      );
    }
    const page = await listRefusals(store.db, identity.orgId, whose, readPageKey(cursor), limit);
    return { items: page.items.map(refusalOnWire), next: writePageKey(page.next) };
  });
}

function refusalOnWire(refusal: SipRefusal) {
  const { missing } = refusal;
  return {
    id: refusal.id,
    at: refusal.at.toISOString(),
    source: refusal.source,
    transport: refusal.transport,
    method: refusal.method,
    sip_call_id: refusal.sipCallId,
    auth_username: refusal.username,
    caller: refusal.caller,
    called: refusal.called,
    status: refusal.status,
    code: refusal.code,
    reason: refusal.reason,
    steps: [...(refusal.steps ?? [])],
    assign: missing && {
      phone_number: missing.phoneNumber,
      phone_number_id: missing.phoneNumberId,
      on_trunk: missing.isOnTrunk,
    },
  };
}
