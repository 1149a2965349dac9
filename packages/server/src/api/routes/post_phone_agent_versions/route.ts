import { checkSettings } from '../../../agents/check-settings.ts';
import { saveDraft } from '../../../agents/versions.ts';
import { agentVersionOnWire } from '../../agent-version.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { agentNotFound, requireAgent } from '../../require-agent.ts';
import { postPhoneAgentVersionsSchema } from './schema.ts';

/** POST /phone/{phone_agent_id}/versions: saves the agent with these changes as a draft, which no call sees. */
export function postPhoneAgentVersions(api: Api, { store, voices }: Services): void {
  const config = { scope: 'phone:write', action: 'phone_agent_version.create' } as const;
  api.post('/phone/:phone_agent_id/versions', { schema: postPhoneAgentVersionsSchema, config }, async (request) => {
    const { orgId } = identityOf(request);
    const { id } = await requireAgent(store.db, orgId, request.params.phone_agent_id);
    const changes = await checkSettings(store.db, voices, orgId, request.body);
    const version = await saveDraft(store.db, orgId, id, changes);
    // Deleted in the meantime.
    if (!version) throw agentNotFound();
    return agentVersionOnWire(version);
  });
}
