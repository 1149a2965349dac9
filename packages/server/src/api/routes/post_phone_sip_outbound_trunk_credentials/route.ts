import { createOutboundTrunks } from '../../../sip/outbound-trunks.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { outboundTrunkId, outboundTrunkOnWire } from '../../outbound-trunk.ts';
import { postOutboundTrunkCredentialsSchema } from './schema.ts';

/** POST /phone/sip/outbound-trunks/{trunk_id}/credentials: replaces user name and password; null for both takes them away. */
export function postOutboundTrunkCredentials(api: Api, { store, secrets }: Services): void {
  const options = {
    schema: postOutboundTrunkCredentialsSchema,
    config: { scope: 'sip:write', action: 'outbound_trunk.rotate_credentials' },
  } as const;
  const trunks = createOutboundTrunks(store.db, secrets);
  api.post('/phone/sip/outbound-trunks/:trunk_id/credentials', options, async (request) => {
    const id = outboundTrunkId(request.params.trunk_id);
    const { username, password } = request.body;
    return outboundTrunkOnWire(
      await trunks.change(identityOf(request).orgId, id, { credentials: { username, password } }),
    );
  });
}
