import { createTransferDestinations } from '../../../sip/transfer-destinations.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { destinationId, transferDestinationOnWire } from '../../transfer-destination.ts';
import { getTransferDestinationSchema } from './schema.ts';

/** GET /phone/sip/transfer-destinations/{destination_id}: one destination. */
export function getTransferDestination(api: Api, { store, secrets }: Services): void {
  const options = { schema: getTransferDestinationSchema, config: { scope: 'sip:read' } } as const;
  const destinations = createTransferDestinations(store.db, secrets);
  api.get('/phone/sip/transfer-destinations/:destination_id', options, async (request) => {
    const id = destinationId(request.params.destination_id);
    return transferDestinationOnWire(await destinations.get(identityOf(request).orgId, id));
  });
}
