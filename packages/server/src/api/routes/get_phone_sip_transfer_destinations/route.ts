import { createTransferDestinations } from '../../../sip/transfer-destinations.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { transferDestinationOnWire } from '../../transfer-destination.ts';
import { getTransferDestinationsSchema } from './schema.ts';

/** GET /phone/sip/transfer-destinations: the organisation's destinations, oldest first. */
export function getTransferDestinations(api: Api, { store, secrets }: Services): void {
  const options = { schema: getTransferDestinationsSchema, config: { scope: 'sip:read' } } as const;
  const destinations = createTransferDestinations(store.db, secrets);
  api.get('/phone/sip/transfer-destinations', options, async (request) =>
    (await destinations.list(identityOf(request).orgId)).map(transferDestinationOnWire),
  );
}
