import { findTrunk } from '../../../trunks.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { inboundTrunkOnWire } from '../../inbound-trunk.ts';
import { getInboundTrunkSchema } from './schema.ts';

/** GET /phone/sip/inbound-trunk: the trunk with its credentials. */
export function getInboundTrunk(api: Api, { store, secrets, config }: Services): void {
  const options = { schema: getInboundTrunkSchema, config: { scope: 'sip:read' } } as const;
  api.get('/phone/sip/inbound-trunk', options, async (request) =>
    inboundTrunkOnWire(await findTrunk(store.db, secrets, identityOf(request).orgId), config),
  );
}
