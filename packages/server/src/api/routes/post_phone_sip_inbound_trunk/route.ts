import { mayAttest } from '../../../phone-numbers.ts';
import { createTrunk } from '../../../trunks.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { inboundTrunkOnWire, trunkSettings } from '../../inbound-trunk.ts';
import { postInboundTrunkSchema } from './schema.ts';

/** POST /phone/sip/inbound-trunk: makes the organisation's trunk and its SIP credentials. */
export function postInboundTrunk(api: Api, { store, secrets, config }: Services): void {
  const options = {
    schema: postInboundTrunkSchema,
    config: { scope: 'sip:write', action: 'inbound_trunk.create' },
  } as const;
  api.post('/phone/sip/inbound-trunk', options, async (request) => {
    const identity = identityOf(request);
    const trunk = await createTrunk(store.db, secrets, identity.orgId, {
      phoneNumbers: request.body?.phone_numbers ?? undefined,
      settings: request.body ? trunkSettings(request.body) : undefined,
      attested: mayAttest(identity, config),
    });
    return inboundTrunkOnWire(trunk, config);
  });
}
