import { createOutboundTrunks } from '../../../sip/outbound-trunks.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { deleted } from '../../deleted.ts';
import { outboundTrunkId } from '../../outbound-trunk.ts';
import { deleteOutboundTrunkSchema } from './schema.ts';

/** DELETE /phone/sip/outbound-trunks/{trunk_id}: only when no agent dials through it. */
export function deleteOutboundTrunk(api: Api, { store, secrets }: Services): void {
  const options = {
    schema: deleteOutboundTrunkSchema,
    config: { scope: 'sip:write', action: 'outbound_trunk.delete' },
  } as const;
  const trunks = createOutboundTrunks(store.db, secrets);
  api.delete('/phone/sip/outbound-trunks/:trunk_id', options, async (request) => {
    const id = outboundTrunkId(request.params.trunk_id);
    await trunks.remove(identityOf(request).orgId, id);
    return deleted(id);
  });
}
