import { createOutboundTrunks } from '../../../sip/outbound-trunks.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { outboundTrunkOnWire } from '../../outbound-trunk.ts';
import { getOutboundTrunksSchema } from './schema.ts';

/** GET /phone/sip/outbound-trunks: the organisation's trunks, oldest first. */
export function getOutboundTrunks(api: Api, { store, secrets }: Services): void {
  const options = { schema: getOutboundTrunksSchema, config: { scope: 'sip:read' } } as const;
  const trunks = createOutboundTrunks(store.db, secrets);
  api.get('/phone/sip/outbound-trunks', options, async (request) =>
    (await trunks.list(identityOf(request).orgId)).map(outboundTrunkOnWire),
  );
}
