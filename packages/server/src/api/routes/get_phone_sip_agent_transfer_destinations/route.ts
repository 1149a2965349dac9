import { listAgentDestinations } from '../../../sip/agent-destinations.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { requireAgent } from '../../require-agent.ts';
import { transferDestinationOnWire } from '../../transfer-destination.ts';
import { getAgentTransferDestinationsSchema } from './schema.ts';

/** GET /phone/sip/agents/{phone_agent_id}/transfer-destinations: where the agent may transfer to. */
export function getAgentTransferDestinations(api: Api, { store }: Services): void {
  const options = { schema: getAgentTransferDestinationsSchema, config: { scope: 'sip:read' } } as const;
  api.get('/phone/sip/agents/:phone_agent_id/transfer-destinations', options, async (request) => {
    const { orgId } = identityOf(request);
    const { id } = await requireAgent(store.db, orgId, request.params.phone_agent_id);
    return (await listAgentDestinations(store.db, orgId, id)).map(transferDestinationOnWire);
  });
}
