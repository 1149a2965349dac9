import { publishDraft } from '../../../agents/versions.ts';
import { agentVersionOnWire, withAgentVersion } from '../../agent-version.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { postPhoneAgentVersionPublishSchema } from './schema.ts';

/** POST /phone/{phone_agent_id}/versions/{number}/publish: makes a draft what the next call hears. */
export function postPhoneAgentVersionPublish(api: Api, { store, voices, profiles }: Services): void {
  const config = { scope: 'phone:write', action: 'phone_agent_version.publish' } as const;
  const options = { schema: postPhoneAgentVersionPublishSchema, config } as const;
  api.post('/phone/:phone_agent_id/versions/:number/publish', options, async (request) => {
    const { orgId } = identityOf(request);
    const version = await withAgentVersion(orgId, request.params, (key) => publishDraft(store.db, voices, key));
    profiles.forget(orgId, version.agentId);
    return agentVersionOnWire(version);
  });
}
