import { unassignDestination } from '../../../sip/agent-destinations.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { deleted } from '../../deleted.ts';
import { requireAgent } from '../../require-agent.ts';
import { destinationId } from '../../transfer-destination.ts';
import { deleteAgentTransferDestinationSchema } from './schema.ts';

/** DELETE /phone/sip/agents/{phone_agent_id}/transfer-destinations/{destination_id}: the destination itself stays. */
export function deleteAgentTransferDestination(api: Api, { store }: Services): void {
  const options = {
    schema: deleteAgentTransferDestinationSchema,
    config: { scope: 'sip:write', action: 'phone_agent.remove_transfer_destination' },
  } as const;
  api.delete('/phone/sip/agents/:phone_agent_id/transfer-destinations/:destination_id', options, async (request) => {
    const { orgId } = identityOf(request);
    const agent = await requireAgent(store.db, orgId, request.params.phone_agent_id);
    const id = destinationId(request.params.destination_id);
    await unassignDestination(store.db, orgId, agent.id, id);
    return deleted(id);
  });
}
