import { createTrunkNumbers } from '../../../sip/inbound-trunk-numbers.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { inboundTrunkOnWire } from '../../inbound-trunk.ts';
import { deleteInboundTrunkNumberSchema } from './schema.ts';

/** DELETE /phone/sip/inbound-trunk/phone-numbers/{phone_number}: answers with the whole trunk, as documented. */
export function deleteInboundTrunkNumber(api: Api, { store, secrets, config }: Services): void {
  const options = {
    schema: deleteInboundTrunkNumberSchema,
    config: { scope: 'sip:write', action: 'inbound_trunk.remove_number' },
  } as const;
  const numbers = createTrunkNumbers(store.db, secrets);
  api.delete('/phone/sip/inbound-trunk/phone-numbers/:phone_number', options, async (request) =>
    inboundTrunkOnWire(await numbers.remove(identityOf(request).orgId, request.params.phone_number), config),
  );
}
