import { findTrunk } from '../../../trunks.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { inboundTrunkOnWire } from '../../inbound-trunk.ts';
import { Problem } from '../../problem.ts';
import { getInboundTrunkSchema } from './schema.ts';

/** GET /phone/sip/inbound-trunk: the trunk with its credentials. */
export function getInboundTrunk(api: Api, { store, secrets, config }: Services): void {
  const options = { schema: getInboundTrunkSchema, config: { scope: 'sip:read' } } as const;
  api.get('/phone/sip/inbound-trunk', options, async (request) => {
    const trunk = await findTrunk(store.db, secrets, identityOf(request).orgId);
    if (!trunk) {
      throw new Problem(
        'inbound_trunk_not_found',
        'The organisation has no inbound trunk. Make one with POST /phone/sip/inbound-trunk.',
      );
    }
    return inboundTrunkOnWire(trunk, config);
  });
}
