import { createTrunkNumbers } from '../../../sip/inbound-trunk-numbers.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { inboundTrunkOnWire } from '../../inbound-trunk.ts';
import { postInboundTrunkSyncSchema } from './schema.ts';

/** POST /phone/sip/inbound-trunk/sync: makes the list of numbers all verified ones, and those only. */
export function postInboundTrunkSync(api: Api, { store, secrets, config }: Services): void {
  const options = {
    schema: postInboundTrunkSyncSchema,
    config: { scope: 'sip:write', action: 'inbound_trunk.sync' },
  } as const;
  const numbers = createTrunkNumbers(store.db, secrets);
  api.post('/phone/sip/inbound-trunk/sync', options, async (request) =>
    inboundTrunkOnWire(await numbers.sync(identityOf(request).orgId), config),
  );
}
