import { checkSettings } from '../../../agents/check-settings.ts';
import { changeDraft } from '../../../agents/versions.ts';
import { agentVersionOnWire, withAgentVersion } from '../../agent-version.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { patchPhoneAgentVersionSchema } from './schema.ts';

/** PATCH /phone/{phone_agent_id}/versions/{number}: changes a draft. */
export function patchPhoneAgentVersion(api: Api, { store, voices }: Services): void {
  const config = { scope: 'phone:write', action: 'phone_agent_version.update' } as const;
  const options = { schema: patchPhoneAgentVersionSchema, config } as const;
  api.patch('/phone/:phone_agent_id/versions/:number', options, async (request) => {
    const { orgId } = identityOf(request);
    const version = await withAgentVersion(orgId, request.params, async (key) => {
      const changes = await checkSettings(store.db, voices, orgId, request.body);
      return changeDraft(store.db, key, changes);
    });
    return agentVersionOnWire(version);
  });
}
