import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { phoneAgentOnWire } from '../../phone-agent.ts';
import { requireAgent } from '../../require-agent.ts';
import { getPhoneAgentSchema } from './schema.ts';

/** GET /phone/{phone_agent_id}: one agent. */
export function getPhoneAgent(api: Api, { store }: Services): void {
  const options = { schema: getPhoneAgentSchema, config: { scope: 'phone:read' } } as const;
  api.get('/phone/:phone_agent_id', options, async (request) => {
    const { orgId } = identityOf(request);
    return phoneAgentOnWire(await requireAgent(store.db, orgId, request.params.phone_agent_id));
  });
}
