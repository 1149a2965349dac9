import { readAgentSipConfig } from '../../../sip/agent-sip-config.ts';
import { agentSipConfigOnWire } from '../../agent-sip-config.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { requireAgent } from '../../require-agent.ts';
import { getAgentSipConfigSchema } from './schema.ts';

/** GET /phone/sip/agents/{phone_agent_id}/config: the agent's inbound numbers and its outbound trunk. */
export function getAgentSipConfig(api: Api, { store }: Services): void {
  const options = { schema: getAgentSipConfigSchema, config: { scope: 'sip:read' } } as const;
  api.get('/phone/sip/agents/:phone_agent_id/config', options, async (request) => {
    const { orgId } = identityOf(request);
    const { id } = await requireAgent(store.db, orgId, request.params.phone_agent_id);
    return agentSipConfigOnWire(id, await readAgentSipConfig(store.db, orgId, id));
  });
}
