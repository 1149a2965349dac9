import { rotateTrunkPassword } from '../../../sip/inbound-trunk-changes.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { inboundTrunkOnWire } from '../../inbound-trunk.ts';
import { postInboundTrunkRotatePasswordSchema } from './schema.ts';

/** POST /phone/sip/inbound-trunk/rotate-password: the former password is refused from the next call on. */
export function postInboundTrunkRotatePassword(api: Api, { store, secrets, config }: Services): void {
  const options = {
    schema: postInboundTrunkRotatePasswordSchema,
    config: { scope: 'sip:write', action: 'inbound_trunk.rotate_password' },
  } as const;
  api.post('/phone/sip/inbound-trunk/rotate-password', options, async (request) =>
    inboundTrunkOnWire(await rotateTrunkPassword(store.db, secrets, identityOf(request).orgId), config),
  );
}
