import { setInboundNumbers } from '../../../sip/agent-sip-config.ts';
import { agentSipConfigOnWire } from '../../agent-sip-config.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { requireAgent } from '../../require-agent.ts';
import { putAgentInboundNumbersSchema } from './schema.ts';

/** PUT /phone/sip/agents/{phone_agent_id}/inbound-numbers: these and no others are the numbers the agent answers. */
export function putAgentInboundNumbers(api: Api, { store }: Services): void {
  const options = {
    schema: putAgentInboundNumbersSchema,
    config: { scope: 'sip:write', action: 'phone_agent.set_inbound_numbers' },
  } as const;
  api.put('/phone/sip/agents/:phone_agent_id/inbound-numbers', options, async (request) => {
    const { orgId } = identityOf(request);
    const { id } = await requireAgent(store.db, orgId, request.params.phone_agent_id);
    return agentSipConfigOnWire(id, await setInboundNumbers(store.db, orgId, id, request.body.phone_number_ids));
  });
}
