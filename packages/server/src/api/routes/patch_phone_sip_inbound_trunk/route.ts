import { changeTrunk } from '../../../sip/inbound-trunk-changes.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { inboundTrunkOnWire, trunkSettings } from '../../inbound-trunk.ts';
import { patchInboundTrunkSchema } from './schema.ts';

/** PATCH /phone/sip/inbound-trunk: changes settings; what the body leaves out stays. */
export function patchInboundTrunk(api: Api, { store, secrets, config }: Services): void {
  const options = {
    schema: patchInboundTrunkSchema,
    config: { scope: 'sip:write', action: 'inbound_trunk.update' },
  } as const;
  api.patch('/phone/sip/inbound-trunk', options, async (request) => {
    const { orgId } = identityOf(request);
    return inboundTrunkOnWire(await changeTrunk(store.db, secrets, orgId, trunkSettings(request.body)), config);
  });
}
