import { checkSettings } from '../../../agents/check-settings.ts';
import { updateAgent } from '../../../agents.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { phoneAgentOnWire } from '../../phone-agent.ts';
import { agentNotFound, requireAgent } from '../../require-agent.ts';
import { patchPhoneAgentSchema } from './schema.ts';

/** PATCH /phone/{phone_agent_id}: changes an agent, which publishes a version of it. The next call hears it. */
export function patchPhoneAgent(api: Api, { store, voices, profiles }: Services): void {
  const config = { scope: 'phone:write', action: 'phone_agent.update' } as const;
  api.patch('/phone/:phone_agent_id', { schema: patchPhoneAgentSchema, config }, async (request) => {
    const { orgId } = identityOf(request);
    const { id } = await requireAgent(store.db, orgId, request.params.phone_agent_id);
    const changes = await checkSettings(store.db, voices, orgId, request.body);
    const agent = await updateAgent(store.db, orgId, id, changes);
    // Deleted in the meantime.
    if (!agent) throw agentNotFound();
    profiles.forget(orgId, id);
    return phoneAgentOnWire(agent);
  });
}
