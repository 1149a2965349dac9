import { findAgent } from '../../../agents.ts';
import { isUuid } from '../../../uuid.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { phoneAgentOnWire } from '../../phone-agent.ts';
import { Problem } from '../../problem.ts';
import { getPhoneAgentSchema } from './schema.ts';

/** GET /phone/{phone_agent_id}: one agent. */
export function getPhoneAgent(api: Api, { store }: Services): void {
  api.get(
    '/phone/:phone_agent_id',
    { schema: getPhoneAgentSchema, config: { scope: 'phone:read' } },
    async (request) => {
      const id = request.params.phone_agent_id;
      const agent = isUuid(id) ? await findAgent(store.db, identityOf(request).orgId, id) : undefined;
      if (!agent)
        throw new Problem('phone_agent_not_found', 'There is no phone agent with this id. List them with GET /phone.');
      return phoneAgentOnWire(agent);
    },
  );
}
