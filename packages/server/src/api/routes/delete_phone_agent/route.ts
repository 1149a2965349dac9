import { deleteAgent } from '../../../agents.ts';
import { isUuid } from '../../../uuid.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { agentNotFound } from '../../require-agent.ts';
import { deletePhoneAgentSchema } from './schema.ts';

/** DELETE /phone/{phone_agent_id}: frees its numbers; calls it is in go on to their end, and their record stays. */
export function deletePhoneAgent(api: Api, { store, profiles }: Services): void {
  const config = { scope: 'phone:write', action: 'phone_agent.delete' } as const;
  api.delete('/phone/:phone_agent_id', { schema: deletePhoneAgentSchema, config }, async (request) => {
    const { orgId } = identityOf(request);
    const id = request.params.phone_agent_id.toLowerCase();
    if (!isUuid(id) || !(await deleteAgent(store.db, orgId, id))) throw agentNotFound();
    profiles.forget(orgId, id);
    return { id, deleted: true as const };
  });
}
