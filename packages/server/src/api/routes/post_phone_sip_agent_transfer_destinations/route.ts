import { assignDestination } from '../../../sip/agent-destinations.ts';
import { createTransferDestinations } from '../../../sip/transfer-destinations.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { requireAgent } from '../../require-agent.ts';
import { destinationDraft } from '../../transfer-destination.ts';
import { postAgentTransferDestinationsSchema } from './schema.ts';

/** POST /phone/sip/agents/{phone_agent_id}/transfer-destinations: assigns a destination, one that is there or a new one. */
export function postAgentTransferDestinations(api: Api, { store, secrets }: Services): void {
  const options = {
    schema: postAgentTransferDestinationsSchema,
    config: { scope: 'sip:write', action: 'phone_agent.assign_transfer_destination' },
  } as const;
  api.post('/phone/sip/agents/:phone_agent_id/transfer-destinations', options, async (request) => {
    const { orgId } = identityOf(request);
    const agent = await requireAgent(store.db, orgId, request.params.phone_agent_id);
    const { destination_id: given, create } = request.body;
    return store.db.transaction(async (tx) => {
      const made = create
        ? await createTransferDestinations(tx, secrets).create(orgId, destinationDraft(create), '/create')
        : undefined;
      const id = made?.id ?? given ?? '';
      await assignDestination(tx, orgId, agent.id, id);
      return { destination_id: id };
    });
  });
}
