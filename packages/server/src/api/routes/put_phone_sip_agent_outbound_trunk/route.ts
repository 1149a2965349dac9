import { setOutboundTrunk } from '../../../sip/agent-sip-config.ts';
import { agentSipConfigOnWire } from '../../agent-sip-config.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { requireAgent } from '../../require-agent.ts';
import { putAgentOutboundTrunkSchema } from './schema.ts';

/** PUT /phone/sip/agents/{phone_agent_id}/outbound-trunk: the trunk the agent dials through; null for none. */
export function putAgentOutboundTrunk(api: Api, { store }: Services): void {
  const options = {
    schema: putAgentOutboundTrunkSchema,
    config: { scope: 'sip:write', action: 'phone_agent.set_outbound_trunk' },
  } as const;
  api.put('/phone/sip/agents/:phone_agent_id/outbound-trunk', options, async (request) => {
    const { orgId } = identityOf(request);
    const { id } = await requireAgent(store.db, orgId, request.params.phone_agent_id);
    return agentSipConfigOnWire(id, await setOutboundTrunk(store.db, orgId, id, request.body.trunk_id));
  });
}
