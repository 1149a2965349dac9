import { createOutboundTrunks } from '../../../sip/outbound-trunks.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { outboundTrunkDetailsOnWire, outboundTrunkId } from '../../outbound-trunk.ts';
import { getOutboundTrunkSchema } from './schema.ts';

/** GET /phone/sip/outbound-trunks/{trunk_id}: a trunk with its settings, without its password. */
export function getOutboundTrunk(api: Api, { store, secrets, registrations }: Services): void {
  const options = { schema: getOutboundTrunkSchema, config: { scope: 'sip:read' } } as const;
  const trunks = createOutboundTrunks(store.db, secrets);
  api.get('/phone/sip/outbound-trunks/:trunk_id', options, async (request) => {
    const trunk = await trunks.get(identityOf(request).orgId, outboundTrunkId(request.params.trunk_id));
    return outboundTrunkDetailsOnWire(trunk, registrations.status(trunk.id));
  });
}
