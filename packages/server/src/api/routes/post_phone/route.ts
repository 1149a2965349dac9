import { checkSettings } from '../../../agents/check-settings.ts';
import { createAgent } from '../../../agents.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { phoneAgentOnWire } from '../../phone-agent.ts';
import { postPhoneSchema } from './schema.ts';

/** POST /phone: makes a phone agent. */
export function postPhone(api: Api, { store, voices }: Services): void {
  const config = { scope: 'phone:write', action: 'phone_agent.create' } as const;
  api.post('/phone', { schema: postPhoneSchema, config }, async (request) => {
    const { orgId } = identityOf(request);
    const { name } = request.body;
    const settings = await checkSettings(store.db, voices, orgId, request.body);
    return phoneAgentOnWire(await createAgent(store.db, orgId, { ...settings, name }));
  });
}
