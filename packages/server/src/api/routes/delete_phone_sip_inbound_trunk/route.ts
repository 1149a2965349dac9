import { deleteTrunk } from '../../../sip/inbound-trunk-changes.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { deleted } from '../../deleted.ts';
import { inboundTrunkNotFound } from '../../inbound-trunk.ts';
import { deleteInboundTrunkSchema } from './schema.ts';

/** DELETE /phone/sip/inbound-trunk: no call comes in by it any more; its numbers stay with their agents. */
export function deleteInboundTrunk(api: Api, { store }: Services): void {
  const options = {
    schema: deleteInboundTrunkSchema,
    config: { scope: 'sip:write', action: 'inbound_trunk.delete' },
  } as const;
  api.delete('/phone/sip/inbound-trunk', options, async (request) => {
    const id = await deleteTrunk(store.db, identityOf(request).orgId);
    if (id === undefined) throw inboundTrunkNotFound();
    return deleted(id);
  });
}
