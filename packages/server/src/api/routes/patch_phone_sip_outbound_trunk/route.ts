import { createOutboundTrunks } from '../../../sip/outbound-trunks.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { changesOf, outboundTrunkId, outboundTrunkOnWire } from '../../outbound-trunk.ts';
import { patchOutboundTrunkSchema } from './schema.ts';

/** PATCH /phone/sip/outbound-trunks/{trunk_id}: changes a trunk; what the body leaves out stays. */
export function patchOutboundTrunk(api: Api, { store, secrets }: Services): void {
  const options = {
    schema: patchOutboundTrunkSchema,
    config: { scope: 'sip:write', action: 'outbound_trunk.update' },
  } as const;
  const trunks = createOutboundTrunks(store.db, secrets);
  api.patch('/phone/sip/outbound-trunks/:trunk_id', options, async (request) => {
    const id = outboundTrunkId(request.params.trunk_id);
    return outboundTrunkOnWire(await trunks.change(identityOf(request).orgId, id, changesOf(request.body)));
  });
}
