import { rollBack } from '../../../agents/versions.ts';
import { agentVersionOnWire, withAgentVersion } from '../../agent-version.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { postPhoneAgentVersionRollbackSchema } from './schema.ts';

/** POST /phone/{phone_agent_id}/versions/{number}/rollback: publishes an earlier version again, as a new one. */
export function postPhoneAgentVersionRollback(api: Api, { store, voices, profiles }: Services): void {
  const config = { scope: 'phone:write', action: 'phone_agent_version.roll_back' } as const;
  const options = { schema: postPhoneAgentVersionRollbackSchema, config } as const;
  api.post('/phone/:phone_agent_id/versions/:number/rollback', options, async (request) => {
    const { orgId } = identityOf(request);
    const version = await withAgentVersion(orgId, request.params, (key) => rollBack(store.db, voices, key));
    profiles.forget(orgId, version.agentId);
    return agentVersionOnWire(version);
  });
}
