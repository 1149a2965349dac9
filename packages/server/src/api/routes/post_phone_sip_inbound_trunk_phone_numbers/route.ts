import { mayAttest } from '../../../phone-numbers.ts';
import { createTrunkNumbers } from '../../../sip/inbound-trunk-numbers.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { inboundTrunkOnWire } from '../../inbound-trunk.ts';
import { postInboundTrunkNumbersSchema } from './schema.ts';

/** POST /phone/sip/inbound-trunk/phone-numbers: adds numbers to the trunk's list. */
export function postInboundTrunkNumbers(api: Api, { store, secrets, config }: Services): void {
  const options = {
    schema: postInboundTrunkNumbersSchema,
    config: { scope: 'sip:write', action: 'inbound_trunk.add_numbers' },
  } as const;
  const numbers = createTrunkNumbers(store.db, secrets);
  api.post('/phone/sip/inbound-trunk/phone-numbers', options, async (request) => {
    const identity = identityOf(request);
    const attested = mayAttest(identity, config);
    return inboundTrunkOnWire(await numbers.add(identity.orgId, request.body.phone_numbers, attested), config);
  });
}
