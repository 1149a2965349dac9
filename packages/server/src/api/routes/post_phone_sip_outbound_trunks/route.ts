import { createOutboundTrunks } from '../../../sip/outbound-trunks.ts';
import { applyPreset } from '../../../sip/presets/apply-preset.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { clientIdentityOf, outboundTrunkOnWire, outboundTrunkSettings } from '../../outbound-trunk.ts';
import { postOutboundTrunksSchema } from './schema.ts';

/** POST /phone/sip/outbound-trunks: a way out through a carrier. */
export function postOutboundTrunks(api: Api, { store, secrets }: Services): void {
  const options = {
    schema: postOutboundTrunksSchema,
    config: { scope: 'sip:write', action: 'outbound_trunk.create' },
  } as const;
  const trunks = createOutboundTrunks(store.db, secrets);
  api.post('/phone/sip/outbound-trunks', options, async (request) => {
    const { name, host, caller_number: callerNumber, username = null, password = null, ...settings } = request.body;
    const draft = applyPreset({
      name,
      host,
      callerNumber,
      ...outboundTrunkSettings(settings),
      clientIdentity: clientIdentityOf(settings),
      credentials: { username, password },
    });
    const trunk = await trunks.create(identityOf(request).orgId, draft);
    return outboundTrunkOnWire(trunk);
  });
}
