import { createTransferDestinations } from '../../../sip/transfer-destinations.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { destinationId, transferDestinationOnWire } from '../../transfer-destination.ts';
import { putTransferDestinationSchema } from './schema.ts';

/** PUT /phone/sip/transfer-destinations/{destination_id}: partial, as documented; what the body leaves out stays. */
export function putTransferDestination(api: Api, { store, secrets }: Services): void {
  const options = {
    schema: putTransferDestinationSchema,
    config: { scope: 'sip:write', action: 'transfer_destination.update' },
  } as const;
  const destinations = createTransferDestinations(store.db, secrets);
  api.put('/phone/sip/transfer-destinations/:destination_id', options, async (request) => {
    const id = destinationId(request.params.destination_id);
    const { value, ...changes } = request.body;
    return transferDestinationOnWire(
      await destinations.change(identityOf(request).orgId, id, { ...changes, value: value ?? undefined }),
    );
  });
}
