import { listAgents } from '../../../agents.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { phoneAgentOnWire } from '../../phone-agent.ts';
import { getPhoneSchema } from './schema.ts';

/** GET /phone: the organisation's agents, oldest first. */
export function getPhone(api: Api, { store }: Services): void {
  api.get('/phone', { schema: getPhoneSchema, config: { scope: 'phone:read' } }, async (request) =>
    (await listAgents(store.db, identityOf(request).orgId)).map(phoneAgentOnWire),
  );
}
