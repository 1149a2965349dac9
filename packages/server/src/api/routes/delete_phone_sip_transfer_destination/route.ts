import { createTransferDestinations } from '../../../sip/transfer-destinations.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { deleted } from '../../deleted.ts';
import { destinationId } from '../../transfer-destination.ts';
import { deleteTransferDestinationSchema } from './schema.ts';

/** DELETE /phone/sip/transfer-destinations/{destination_id}: only when no agent has it. */
export function deleteTransferDestination(api: Api, { store, secrets }: Services): void {
  const options = {
    schema: deleteTransferDestinationSchema,
    config: { scope: 'sip:write', action: 'transfer_destination.delete' },
  } as const;
  const destinations = createTransferDestinations(store.db, secrets);
  api.delete('/phone/sip/transfer-destinations/:destination_id', options, async (request) => {
    const id = destinationId(request.params.destination_id);
    await destinations.remove(identityOf(request).orgId, id);
    return deleted(id);
  });
}
