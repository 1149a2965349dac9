import { createTransferDestinations } from '../../../sip/transfer-destinations.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { destinationDraft, transferDestinationOnWire } from '../../transfer-destination.ts';
import { postTransferDestinationsSchema } from './schema.ts';

/** POST /phone/sip/transfer-destinations: a place agents may be allowed to transfer to. */
export function postTransferDestinations(api: Api, { store, secrets }: Services): void {
  const options = {
    schema: postTransferDestinationsSchema,
    config: { scope: 'sip:write', action: 'transfer_destination.create' },
  } as const;
  const destinations = createTransferDestinations(store.db, secrets);
  api.post('/phone/sip/transfer-destinations', options, async (request) =>
    transferDestinationOnWire(await destinations.create(identityOf(request).orgId, destinationDraft(request.body))),
  );
}
